using System.Collections.Concurrent;
using ModelTools.Diagnostics;
using ModelTools.Tests.Support;
using ModelTools.Torch.Installation;
using ModelTools.Torch.Natives;

namespace ModelTools.Tests.Torch.Installation;

public sealed class EngineInstallerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ThePinnedHashesAreThoseThatNuGetRecordedWhenItRestoredThePackages()
    {
        var checkedOnes = 0;
        foreach (var package in new[] { "linux-x64", "win-x64", "osx-arm64" }.SelectMany(rid => EnginePackage.For(new NativePlatform(rid, [], ""))))
        {
            foreach (var record in PackageFolders.All().Select(root => Path.Combine(root, package.Id.ToLowerInvariant(), package.Version, ".nupkg.metadata")).Where(File.Exists))
            {
                Assert.Contains($"\"contentHash\": \"{package.ContentHash}\"", File.ReadAllText(record), StringComparison.Ordinal);
                checkedOnes++;
            }
        }

        Assert.True(checkedOnes > 0, "TorchSharp itself is always restored.");
    }

    [SkippableFact]
    public void AFeedThatAsksForAPasswordIsReadWithTheConfiguredOne()
    {
        using var server = new PackageServer(Packages());
        Configure(server, "secret");
        var progress = new Progress();

        var installed = EngineInstaller.Install(_folder["engine"], _folder.Path, [], progress);

        Assert.Equal((_folder["engine"], "0.107.0", "2.10.0", NativePlatform.Current!.Rid), (installed.Path, installed.TorchSharp, installed.LibTorch, installed.Platform));
        Assert.NotNull(NativeFiles.Below(_folder["engine"], NativePlatform.Current!));
        Assert.Contains(Directory.GetFiles(_folder["engine"]).Select(Path.GetFileName), name => name!.Contains("LICENSE", StringComparison.Ordinal));
        Assert.All(progress.Seen, report => Assert.InRange(report.Percent!.Value, 0, 100));
        Assert.Equal(progress.Seen.OrderBy(report => report.Done), progress.Seen);
        Assert.Equal(Entries("engine", "NuGet.Config"), Directory.GetFileSystemEntries(_folder.Path).Order());
    }

    [SkippableFact]
    public void AWrongPasswordIsSaidAndNothingIsLeft()
    {
        using var server = new PackageServer(Packages());
        Configure(server, "wrong");

        var error = Assert.Throws<ModelToolsException>(() => EngineInstaller.Install(_folder["engine"], _folder.Path, []));

        Assert.Equal(ErrorCode.EngineNotInstalled, error.Code);
        Assert.Contains("private", error.Message, StringComparison.Ordinal);
        Assert.Contains("401", error.Message, StringComparison.Ordinal);
        Assert.Equal(Entries("NuGet.Config"), Directory.GetFileSystemEntries(_folder.Path));
    }

    [SkippableFact]
    public void CancellationEndsADownloadAndLeavesWhatWasThere()
    {
        using var server = new PackageServer(Packages(), TimeSpan.FromMilliseconds(200));
        Configure(server, "secret");
        Directory.CreateDirectory(_folder["engine"]);
        File.WriteAllText(Path.Combine(_folder["engine"], "old.txt"), "old");
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => EngineInstaller.Install(_folder["engine"], _folder.Path, [], new Progress(stop.Cancel), stop.Token));

        Assert.Equal(Entries("engine", "NuGet.Config"), Directory.GetFileSystemEntries(_folder.Path).Order());
        Assert.Equal("old", File.ReadAllText(Path.Combine(_folder["engine"], "old.txt")));
    }

    private IEnumerable<string> Entries(params string[] names) => names.Select(name => _folder[name]).Order();

    private void Configure(PackageServer server, string password) => File.WriteAllText(_folder["NuGet.Config"], $"""
        <configuration>
          <packageSources><clear /><add key="private" value="{server.Address}index.json" protocolVersion="3" allowInsecureConnections="true" /></packageSources>
          <packageSourceCredentials><private><add key="Username" value="reader" /><add key="ClearTextPassword" value="{password}" /></private></packageSourceCredentials>
        </configuration>
        """);

    private static Dictionary<string, string> Packages()
    {
        Skip.If(NativePlatform.Current is null, "There is no engine for this platform.");
        var found = new Dictionary<string, string>();
        foreach (var package in EnginePackage.For(NativePlatform.Current!))
        {
            var id = package.Id.ToLowerInvariant();
            var file = PackageFolders.All().Select(root => Path.Combine(root, id, package.Version, $"{id}.{package.Version}.nupkg")).FirstOrDefault(File.Exists);
            Skip.If(file is null, $"{package.Id} is not restored on this machine.");
            found.Add($"{id}/{package.Version}", file!);
        }

        return found;
    }

    private sealed class Progress(Action? onFirst = null) : IProgress<OperationProgress>
    {
        public ConcurrentQueue<OperationProgress> Seen { get; } = [];

        public void Report(OperationProgress value)
        {
            Seen.Enqueue(value);
            onFirst?.Invoke();
        }
    }
}
