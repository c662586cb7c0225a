using System.Diagnostics;
using System.Management.Automation;
using ModelTools.PowerShell.Tests.Support;
using Xunit.Abstractions;

namespace ModelTools.PowerShell.Tests.Module;

/// <summary>What a user stops with Ctrl+C stops, leaves no litter, holds no file, and the session goes on.</summary>
public sealed class StopTests : IDisposable
{
    // Far more than a second of work for each of the commands below.
    private const string Large = "$large = New-Model { 1..6 | ForEach-Object { Dense 4096 -InputShape 4096 } }";

    private readonly ITestOutputHelper _output;
    private readonly TemporaryFolder _folder = new();
    private readonly ModuleSession _session = new();

    public StopTests(ITestOutputHelper output)
    {
        _output = output;
        _session.Invoke("param($folder) Set-Location -LiteralPath $folder", _folder.Path);
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("$large | Save-Model large.h5")]
    [InlineData("$large | Save-Model large.keras")]
    [InlineData("$large | Save-ModelWeights large.ckpt")]
    [InlineData("$large | Export-SavedModel large")]
    public void Writing_stops_and_leaves_nothing(string command)
    {
        _session.Invoke(Large);

        Stop(command);

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        _session.Invoke("New-Model { Dense 2 -InputShape 3 } | Save-Model small.h5; $null = Import-Model small.h5");
    }

    [Fact]
    public void Writing_over_a_file_leaves_the_old_one()
    {
        _session.Invoke($"New-Model {{ Dense 2 -InputShape 3 }} | Save-Model kept.h5; {Large}");
        var before = File.ReadAllBytes(_folder["kept.h5"]);

        Stop("$large | Save-Model kept.h5 -Force");

        Assert.Equal([_folder["kept.h5"]], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal(before, File.ReadAllBytes(_folder["kept.h5"]));
    }

    [Theory]
    [InlineData("large.h5", "$large | Save-Model large.h5", "Import-Model large.h5")]
    [InlineData("large.ckpt", "$large | Save-ModelWeights large.ckpt", "$large | Import-ModelWeights large.ckpt")]
    public void Reading_stops_and_lets_the_file_go(string file, string save, string read)
    {
        _session.Invoke($"{Large}; {save}");

        Stop(read);

        Assert.DoesNotContain(OpenFiles(), open => open.Contains(file, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Convert-Model large.h5 other.keras")]
    [InlineData("Convert-Model large.h5 other -Format SavedModel")]
    [InlineData("Test-Model large.h5")]
    [InlineData("Compare-Model large.h5 large.h5")]
    [InlineData("New-ModelLock large.h5 large.lock.json")]
    public void Going_through_a_file_stops_and_leaves_nothing(string command)
    {
        _session.Invoke($"{Large}; $large | Save-Model large.h5");

        Stop(command);

        Assert.Equal([_folder["large.h5"]], Directory.GetFileSystemEntries(_folder.Path));
        Assert.DoesNotContain(OpenFiles(), open => open.Contains("large.h5", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("large.npy", "")]
    [InlineData("large.csv", "1,2,3,4,5,6,7,8\n")]
    public void Reading_data_stops_and_lets_the_file_go(string file, string line)
    {
        using (var writer = File.Create(_folder[file]))
        {
            if (line.Length == 0)
            {
                var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (100000000,), }".PadRight(117) + "\n";
                writer.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header)]);
                writer.SetLength(writer.Position + 800_000_000);
            }
            else
            {
                var block = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, 1 << 16)));
                for (var i = 0; i < 100; i++)
                {
                    writer.Write(block);
                }
            }
        }

        Stop($"Import-Tensor {file}");

        Assert.DoesNotContain(OpenFiles(), open => open.Contains(file, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$line | Invoke-ModelTraining $x $y -Epoch 1000000")]
    [InlineData("$line | Measure-Model $many $manyTargets -BatchSize 1")]
    [InlineData("$line | Invoke-Model $many -BatchSize 1")]
    public void Computing_stops_and_the_session_goes_on(string command)
    {
        _session.Invoke("""
            $line = New-Model { Dense 64 -InputShape 2; Dense 1 }
            $line | Set-ModelTraining SGD mse
            $x = ConvertTo-Tensor (1..2000) -DType Float32 -DivideBy 2000 -Shape 1000, 2
            $y = ConvertTo-Tensor (1..1000) -DType Float32 -DivideBy 1000 -Shape 1000, 1
            $many = ConvertTo-Tensor (1..2000) -DType Float32 -Shape 1000, 2
            $null = $line | Invoke-Model $x
            $copies = [object[]]::new(400)
            [Array]::Fill($copies, $many.ToNested())
            """);
        _session.Invoke("$many = ConvertTo-Tensor $copies -DType Float32 -Shape -1, 2; $manyTargets = ConvertTo-Tensor ([float[]]::new(400000)) -Shape -1, 1");

        Stop(command);

        Assert.Equal("(1000, 1)", _session.Invoke("($line | Invoke-Model $x).Shape.ToString()").Single().ToString());
    }

    /// <summary>Starts a command, stops it once it shows progress, and waits for it.</summary>
    private void Stop(string command)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        shell.AddScript(command);
        using var started = new ManualResetEventSlim();
        shell.Streams.Progress.DataAdded += (_, _) => started.Set();
        var running = shell.BeginInvoke();
        Assert.True(started.Wait(TimeSpan.FromMinutes(1)), "There is no progress.");

        var watch = Stopwatch.StartNew();
        shell.Stop();
        _output.WriteLine($"{command}: stopped after {watch.ElapsedMilliseconds} ms");

        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.True(running.IsCompleted);
    }

    private static string[] OpenFiles() => !OperatingSystem.IsLinux() ? [] :
        [.. Directory.EnumerateFiles("/proc/self/fd").Select(link => new FileInfo(link).LinkTarget).OfType<string>()];
}
