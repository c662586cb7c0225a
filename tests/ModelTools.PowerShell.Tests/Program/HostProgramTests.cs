using System.Diagnostics;
using Xunit.Abstractions;

namespace ModelTools.PowerShell.Tests.Program;

/// <summary>The program <c>modeltools</c> as a user's shell sees it.</summary>
public sealed class HostProgramTests(ITestOutputHelper log) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Arguments_bind_to_the_parameters_of_the_script()
    {
        var script = Script("param([int]$Count, [switch]$Fast, [switch]$Slow = $true, [string[]]$Rest, [string]$Name) \"$Count $Fast $Slow $Rest $Name $($MyInvocation.MyCommand.Name) $PSScriptRoot\"");

        var result = HostProcess.Run(script, "-Count", "3", "-Fast", "-Slow:$false", "one word", "-Name", "x y");

        Assert.Equal(("3 True False one word x y script.ps1 " + _folder.Path + "\n", "", 0), (result.Output, result.Error, result.ExitCode));
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("exit", 0)]
    [InlineData("'fine'", 0)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Item nope", 1)]
    [InlineData("Get-Item nope; 'goes on'", 0)]
    [InlineData("'goes on'; Get-Item nope", 0)]
    [InlineData("try { throw 'x' } catch { exit 7 }", 7)]
    [InlineData("function f { exit 5 }; f; 'not reached'", 5)]
    public void The_exit_code_is_the_scripts(string text, int expected) => Assert.Equal(expected, HostProcess.RunInside("", Script(text)).ExitCode);

    /// <summary>The rules of <c>pwsh -Command</c>: <c>exit N</c>, else 1 unless <c>$?</c> is true at the end.</summary>
    [Theory]
    [InlineData("'fine'; Write-Error broken", 1)]
    [InlineData("Write-Error broken; 'fine'", 0)]
    [InlineData("Get-Item nope -ErrorAction Ignore", 1)]
    [InlineData("Import-Model nope.h5 | Out-Null", 1)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("1 +", 1)]
    [InlineData("Write-Error broken; exit 4", 4)]
    [InlineData("& { exit 6 }; 'not reached'", 6)]
    public void The_exit_code_of_a_command_is_told_by_its_last_statement(string command, int expected) => Assert.Equal(expected, HostProcess.RunInside("", "-Command", command).ExitCode);

    [Fact]
    public void A_script_inside_of_a_command_fails_as_a_statement()
    {
        var script = Script("exit 5");

        Assert.Equal(1, HostProcess.RunInside("", "-Command", $"& '{script}'").ExitCode);
        Assert.Equal(0, HostProcess.RunInside("", "-Command", $"& '{script}'; \"now $LASTEXITCODE\"").ExitCode);
    }

    [Fact]
    public void Streams_go_where_PowerShell_sends_them()
    {
        var result = HostProcess.RunInside("", "-Command", "Write-Output out; Write-Host host; Write-Warning careful; Write-Verbose more -Verbose; Write-Debug deep -Debug; Write-Information info -InformationAction Continue; Write-Error broken");

        Assert.Equal("out\nhost\nWARNING: careful\nVERBOSE: more\nDEBUG: deep\ninfo\n", result.Output);
        Assert.Equal("Write-Error: broken\n", result.Error);
    }

    [Fact]
    public void An_error_is_shown_in_the_concise_view_with_its_place()
    {
        var result = HostProcess.RunInside("", Script("'before'\nthrow 'it broke'"));

        Assert.Equal("before\n", result.Output);
        Assert.Contains("script.ps1:2", result.Error, StringComparison.Ordinal);
        Assert.Contains("it broke", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_are_formatted_as_PowerShell_formats_them()
    {
        var result = HostProcess.RunInside("", "-Command", "[pscustomobject]@{ A = 1; B = 'two' }; [pscustomobject]@{ A = 10; B = 'x' }");
        Assert.Equal("\n A B\n - -\n 1 two\n10 x\n\n", result.Output);

        var list = HostProcess.RunInside("", "-Command", "[pscustomobject]@{ A = 1; B = 2 } | Format-List");
        Assert.Equal("\nA : 1\nB : 2\n\n", list.Output);

        var wide = HostProcess.RunInside("", "-Command", "'x' * 300");
        Assert.Equal(new string('x', 300) + "\n", wide.Output);
    }

    [Fact]
    public void No_progress_and_no_colour_where_there_is_no_terminal()
    {
        var result = HostProcess.Run("-Command", "Write-Progress -Activity Working -PercentComplete 50; Write-Host red -ForegroundColor Red; [pscustomobject]@{ A = 1 }");

        Assert.DoesNotContain('\u001b', result.Output + result.Error);
        Assert.DoesNotContain("Working", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Questions_are_answered_from_standard_input_and_never_hang()
    {
        var file = _folder["keep.txt"];
        File.WriteAllText(file, "");
        var ask = $"Remove-Item -LiteralPath '{file}' -Confirm";

        HostProcess.RunInside("n\n", "-Command", ask);
        Assert.True(File.Exists(file));

        var nobody = HostProcess.RunInside("", "-Command", ask);
        Assert.True(File.Exists(file));
        Assert.Contains("no standard input", nobody.Error, StringComparison.Ordinal);

        HostProcess.RunInside("y\n", "-Command", ask);
        Assert.False(File.Exists(file));
    }

    [SkippableFact]
    public void Interrupting_stops_the_pipeline_and_runs_its_cleanup()
    {
        Skip.If(OperatingSystem.IsWindows(), "Sends a POSIX signal.");
        var script = Script("try { Set-Content started.txt 1; Start-Sleep 60 } finally { Set-Content cleaned.txt 1 }");

        using var process = HostProcess.Start(_folder.Path, script);
        var watch = Stopwatch.StartNew();
        while (!File.Exists(_folder["started.txt"]) && watch.Elapsed < TimeSpan.FromMinutes(3))
        {
            Thread.Sleep(50);
        }

        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        Assert.Equal(130, HostProcess.Finish(process).ExitCode);
        Assert.True(File.Exists(_folder["cleaned.txt"]));
    }

    [Fact]
    public void A_wrong_call_says_how_to_call()
    {
        Assert.Equal(64, HostProcess.RunInside("", "no-such-script.ps1").ExitCode);
        Assert.Equal(64, HostProcess.RunInside("", "--unknown").ExitCode);
        Assert.Contains("Usage:", HostProcess.RunInside("", "--help").Output, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", HostProcess.RunInside("", "--version").Output);
    }

    [SkippableFact]
    public void Importing_the_module_loads_no_native_library_of_the_engine()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Reads /proc.");

        var result = HostProcess.Run("-Command", "(Get-Module ModelTools).Name; Get-Content /proc/self/maps");

        Assert.StartsWith("ModelTools\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("SkiaSharp", result.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_time_to_import_is_reported()
    {
        var result = HostProcess.Run(
            "-Command", "$path = (Get-Module ModelTools).Path; Remove-Module ModelTools; $watch = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module (Join-Path (Split-Path $path) ModelTools.psd1); \"$($watch.ElapsedMilliseconds) ms\"");

        Assert.EndsWith(" ms\n", result.Output, StringComparison.Ordinal);
        log.WriteLine($"Import: {result.Output}");
    }

    private string Script(string text)
    {
        var path = _folder["script.ps1"];
        File.WriteAllText(path, text);
        return path;
    }
}
