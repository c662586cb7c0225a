using System.Diagnostics;
using ModelTools.PowerShell.Tests.Program;
using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Engine;

/// <summary>Install-ModelEngine in a user's account of its own, with the packages of this machine's NuGet cache as an offline feed.</summary>
public sealed class InstallModelEngineTests : IDisposable
{
    private const string Predict = "New-Model { Dense 2 -InputShape 3 -KernelInitializer ones } | Invoke-Model @(, (1.0, 2.0, 3.0)) | ForEach-Object ToArray";

    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [SkippableFact]
    public void It_installs_from_a_folder_what_then_predicts()
    {
        var feed = Feed();

        // First nothing is there, and the error names the cmdlet.
        var before = Run(Predict);
        Assert.Contains("MT5001", before.Error, StringComparison.Ordinal);
        Assert.Contains("Install-ModelEngine", before.Error, StringComparison.Ordinal);

        Assert.Equal(("", 0), Silent(Run($"Install-ModelEngine -Source '{feed}' -WhatIf")));
        Assert.Empty(Installed());

        var install = Run($"(Install-ModelEngine -Source '{feed}' -PassThru).Platform; {Predict}");
        Assert.Equal(("", "linux-x64\n6\n6\n", 0), (install.Error, install.Output, install.ExitCode));
        Assert.Contains("libtorch_cpu.so", Installed());

        // It is there now, so that no source is asked.
        Assert.Equal(("", 0), Silent(Run("Install-ModelEngine -Source ./no-such-folder")));
        Assert.Equal([], Litter());
    }

    [SkippableFact]
    public void It_uses_the_sources_of_NuGets_configuration()
    {
        var feed = Feed();
        File.WriteAllText(_home["NuGet.Config"], $"""
            <configuration>
              <packageSources><clear /><add key="empty" value="{Directory.CreateDirectory(_home["empty"]).FullName}" /><add key="offline" value="{feed}" /></packageSources>
            </configuration>
            """);

        var result = Run("(Install-ModelEngine -PassThru).TorchSharp");

        Assert.Equal(("", "0.107.0\n", 0), (result.Error, result.Output, result.ExitCode));
    }

    [SkippableFact]
    public void It_gives_a_feed_the_credentials_of_NuGets_configuration()
    {
        using var feed = new FeedServer(Feed(), "reader:let me in");
        Configure($"""<add key="private" value="{feed.Index}" allowInsecureConnections="true" />""", "wrong");

        var refused = Run("Install-ModelEngine -Source private");
        Assert.Contains("MT5004", refused.Error, StringComparison.Ordinal);
        Assert.Contains("401", refused.Error, StringComparison.Ordinal);
        Assert.Equal([], Litter());

        Configure($"""<add key="private" value="{feed.Index}" allowInsecureConnections="true" />""", "let me in");
        var result = Run("(Install-ModelEngine -PassThru).TorchSharp");
        Assert.Equal(("", "0.107.0\n", 0), (result.Error, result.Output, result.ExitCode));
    }

    [SkippableFact]
    public void It_asks_the_credential_plug_ins_of_NuGet()
    {
        using var feed = new FeedServer(Feed(), "plugged:in");
        var asked = _home["asked.txt"];
        WritePlugIn(asked);

        var result = Run($"(Install-ModelEngine -Source {feed.Index} -PassThru).TorchSharp", ("NUGET_PLUGIN_PATHS", _home["plugins"]));

        Assert.Equal(("", "0.107.0\n", 0), (result.Error, result.Output, result.ExitCode));
        var question = Assert.Single(File.ReadAllLines(asked));
        Assert.Contains($"\"Uri\":\"{feed.Index}\"", question, StringComparison.Ordinal);
        Assert.Contains("\"IsNonInteractive\":true", question, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void It_goes_through_the_proxy_of_NuGets_configuration()
    {
        using var proxy = new FeedServer(Feed());
        File.WriteAllText(UserConfiguration(), $"""<configuration><config><add key="http_proxy" value="{proxy.Host}" /></config></configuration>""");

        var result = Run("(Install-ModelEngine -Source http://packages.example/index.json -PassThru).TorchSharp");

        Assert.Equal(("", "0.107.0\n", 0), (result.Error, result.Output, result.ExitCode));
        Assert.All(proxy.Requests, request => Assert.StartsWith("http://packages.example/", request.Target, StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_package_with_another_content_is_refused_and_nothing_is_left()
    {
        var feed = Feed();
        var package = Path.Combine(feed, "torchsharp.0.107.0.nupkg");
        var bytes = File.ReadAllBytes(package);
        File.Delete(package);
        using (var archive = new System.IO.Compression.ZipArchive(new MemoryStream(bytes), System.IO.Compression.ZipArchiveMode.Read))
        using (var changed = System.IO.Compression.ZipFile.Open(package, System.IO.Compression.ZipArchiveMode.Create))
        {
            foreach (var entry in archive.Entries.Where(entry => entry.Name != ".signature.p7s"))
            {
                using var to = changed.CreateEntry(entry.FullName).Open();
                using var from = entry.Open();
                from.CopyTo(to);
                to.WriteByte((byte)(entry.Name.EndsWith(".so", StringComparison.Ordinal) ? 1 : '\n'));
            }
        }

        var result = Run($"Install-ModelEngine -Source '{feed}'");

        Assert.Contains("MT1009", result.Error, StringComparison.Ordinal);
        Assert.Empty(Installed());
        Assert.Equal([], Litter());
    }

    [Fact]
    public void It_warns_while_another_folder_is_named()
    {
        var result = Run("$env:MODELTOOLS_TORCH = '/elsewhere'; Install-ModelEngine -WhatIf 3>&1 | ForEach-Object Message");

        Assert.Contains("MODELTOOLS_TORCH names the folder '/elsewhere'", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_does_not_have_it_is_named()
    {
        var result = Run($"Install-ModelEngine -Source '{Directory.CreateDirectory(_home["empty"]).FullName}'");

        Assert.Contains("MT5004", result.Error, StringComparison.Ordinal);
        Assert.Contains("empty", result.Error, StringComparison.Ordinal);
        Assert.Equal([], Litter());
    }

    private static (string Error, int ExitCode) Silent(ProcessResult result) => (result.Error, result.ExitCode);

    private string Root => Path.Combine(_home.Path, "data", "ModelTools", "engine");

    private string[] Installed() => Directory.Exists(Root) ? [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(Path.GetFileName).OfType<string>()] : [];

    private string[] Litter() => Directory.Exists(Root) ? [.. Directory.EnumerateDirectories(Root, ".*")] : [];

    /// <summary>A folder with the two packages, linked from where NuGet keeps what it restored.</summary>
    private string Feed()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The account is made with the variables of Linux.");
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var feed = Directory.CreateDirectory(_home["my feed"]).FullName;
        foreach (var (id, version) in new[] { ("torchsharp", "0.107.0"), ("libtorch-cpu-linux-x64", "2.10.0") })
        {
            var package = Path.Combine(packages, id, version, $"{id}.{version}.nupkg");
            Skip.IfNot(File.Exists(package), $"{id} {version} is not restored on this machine.");
            File.CreateSymbolicLink(Path.Combine(feed, Path.GetFileName(package)), package);
        }

        return feed;
    }

    /// <summary>The file that NuGet reads for the whole account.</summary>
    private string UserConfiguration()
    {
        var folder = Directory.CreateDirectory(_home[".nuget/NuGet"]).FullName;
        return Path.Combine(folder, "NuGet.Config");
    }

    private void Configure(string source, string password) => File.WriteAllText(_home["NuGet.Config"], $"""
        <configuration>
          <packageSources><clear />{source}</packageSources>
          <packageSourceCredentials><private><add key="Username" value="reader" /><add key="ClearTextPassword" value="{password}" /></private></packageSourceCredentials>
        </configuration>
        """);

    /// <summary>A plug-in that says the name and password of the feed, and writes down what it was asked.</summary>
    private void WritePlugIn(string asked)
    {
        var path = Path.Combine(Directory.CreateDirectory(_home["plugins"]).FullName, "nuget-plugin-test");
        File.WriteAllText(path, $$$"""
            #!/bin/sh
            answer() { printf '{"RequestId":"%s","Type":"Response","Method":"%s","Payload":%s}\n' "$id" "$method" "$1"; }
            printf '{"RequestId":"first","Type":"Request","Method":"Handshake","Payload":{"ProtocolVersion":"2.0.0","MinimumProtocolVersion":"1.0.0"}}\n'
            while read -r line; do
                id=$(printf '%s' "$line" | sed 's/.*"RequestId":"\([^"]*\)".*/\1/')
                method=$(printf '%s' "$line" | sed 's/.*"Method":"\([^"]*\)".*/\1/')
                case "$line" in
                    *'"Type":"Response"'*) ;;
                    *'"Method":"Handshake"'*) answer '{"ProtocolVersion":"2.0.0","ResponseCode":"Success"}' ;;
                    *'"Method":"GetOperationClaims"'*) answer '{"Claims":["Authentication"]}' ;;
                    *'"Method":"GetAuthenticationCredentials"'*)
                        printf '%s\n' "$line" >> '{{{asked}}}'
                        answer '{"Username":"plugged","Password":"in","AuthenticationTypes":["basic"],"ResponseCode":"Success"}' ;;
                    *'"Method":"Close"'*) exit 0 ;;
                    *) answer '{"ResponseCode":"Success"}' ;;
                esac
            done
            """.Replace("\r", "", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }
    }

    private ProcessResult Run(string command, params (string Name, string Value)[] variables)
    {
        var start = HostProcess.StartInfo(_home.Path, "-Command", command);
        foreach (var (name, value) in new[] { ("HOME", _home.Path), ("XDG_DATA_HOME", _home["data"]), ("XDG_CACHE_HOME", _home["cache"]), ("XDG_CONFIG_HOME", _home["config"]), ("NUGET_PACKAGES", _home["none"]) }.Concat(variables))
        {
            start.Environment[name] = value;
        }

        // .NET falls back to the home folder where the folder for data is not there.
        Directory.CreateDirectory(_home["data"]);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        return HostProcess.Finish(process);
    }
}
