using ModelTools.Diagnostics;
using ModelTools.Tests.Support;
using ModelTools.Torch.Natives;

namespace ModelTools.Tests.Torch.Natives;

public sealed class NativeSearchTests
{
    private static readonly NativePlatform Platform = NativePlatform.Current ?? new("linux-x64", ["libc10.so", "libtorch_cpu.so", "libtorch.so"], "libLibTorchSharp.so");

    [Fact]
    public void AFlatFolderAPublishedProgramAndAPackageFolderAreUnderstood()
    {
        using var root = new TemporaryFolder();
        var published = Path.Combine("published", "runtimes", Platform.Rid, "native");
        Lay(root["flat"], [.. Platform.Libraries, Platform.Binding]);
        Lay(root[published], [.. Platform.Libraries, Platform.Binding]);
        Lay(root[Path.Combine("packages", Platform.LibTorchPackage)], Platform.Libraries);
        Lay(root[Path.Combine("packages", Platform.TorchSharpPackage)], [Platform.Binding]);

        Assert.Equal(root[Path.Combine("flat", Platform.Binding)], NativeFiles.Below(root["flat"], Platform)!.Binding);
        Assert.Equal(root[Path.Combine(published, Platform.Libraries[0])], NativeFiles.Below(root["published"], Platform)!.Libraries[0]);
        var packages = NativeFiles.Below(root["packages"], Platform)!;
        Assert.Equal(root[Path.Combine("packages", Platform.LibTorchPackage, Platform.Libraries[1])], packages.Libraries[1]);
        Assert.Equal(root[Path.Combine("packages", Platform.TorchSharpPackage, Platform.Binding)], packages.Binding);
    }

    [SkippableFact]
    public void TheFirstCompleteRootWinsAndAnIncompleteOneIsPassedOver()
    {
        Skip.If(NativePlatform.Current is null, "There is no engine for this platform.");
        using var root = new TemporaryFolder();
        Lay(root["half"], Platform.Libraries);
        Lay(root["whole"], [.. Platform.Libraries, Platform.Binding]);
        Lay(root["later"], [.. Platform.Libraries, Platform.Binding]);
        Assert.StartsWith(root["whole"], NativeSearch.Find(null, [root["half"], root["whole"], root["later"]]).Binding, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void ANamedFolderIsTheOnlyOneSearched()
    {
        Skip.If(NativePlatform.Current is null, "There is no engine for this platform.");
        using var root = new TemporaryFolder();
        Lay(root["whole"], [.. Platform.Libraries, Platform.Binding]);
        var failure = Assert.Throws<ModelToolsException>(() => NativeSearch.Find(root["absent"], [root["whole"]]));
        Assert.Equal(ErrorCode.EngineMissing, failure.Code);
        Assert.Contains(root["absent"], failure.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void NowhereSaysWhereItLooked()
    {
        Skip.If(NativePlatform.Current is null, "There is no engine for this platform.");
        using var root = new TemporaryFolder();
        var failure = Assert.Throws<ModelToolsException>(() => NativeSearch.Find(null, [root["a"], root["b"]]));
        Assert.Equal(ErrorCode.EngineMissing, failure.Code);
        Assert.Contains(root["a"], failure.Message, StringComparison.Ordinal);
        Assert.Contains(root["b"], failure.Message, StringComparison.Ordinal);
    }

    private static void Lay(string folder, IEnumerable<string> names)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in names)
        {
            File.WriteAllBytes(Path.Combine(folder, name), []);
        }
    }
}
