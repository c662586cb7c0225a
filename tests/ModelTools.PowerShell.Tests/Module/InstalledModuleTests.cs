using ModelTools.PowerShell.Tests.Program;
using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Module;

/// <summary>The composed module, copied to a folder of <c>PSModulePath</c>, works there.</summary>
public sealed class InstalledModuleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("model tools ");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_found_by_its_name_in_a_path_with_spaces()
    {
        var target = Path.Combine(_folder.Path, "my modules", "ModelTools", Path.GetFileName(ModuleSession.Folder));
        foreach (var file in Directory.EnumerateFiles(ModuleSession.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(ModuleSession.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var script = _folder["use.ps1"];
        File.WriteAllText(script, """
            Remove-Module ModelTools -ErrorAction SilentlyContinue
            $env:PSModulePath = Join-Path $PSScriptRoot 'my modules'
            Import-Module ModelTools
            (Get-Module ModelTools).Path
            (New-Model { Dense 2 -InputShape 3 }).ParameterCount
            (Get-Help Import-Model).Synopsis
            """);

        var result = HostProcess.Run(script);

        Assert.Equal(("", $"{Path.Combine(target, "ModelTools.PowerShell.dll")}\n8\nReads a whole model from any format.\n"), (result.Error, result.Output));
    }

    [Fact]
    public void A_question_is_asked_with_Confirm_and_the_answer_obeyed()
    {
        var command = $"New-Model {{ Dense 2 -InputShape 3 }} | Save-Model '{_folder["asked.h5"]}' -Confirm";

        HostProcess.RunInside("n\n", "-Command", command);
        Assert.False(File.Exists(_folder["asked.h5"]));

        HostProcess.RunInside("y\n", "-Command", command);
        Assert.True(File.Exists(_folder["asked.h5"]));
    }

    [SkippableFact]
    public void Importing_reading_and_writing_map_no_native_library_of_the_engine()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The map of the process is that of Linux.");
        var script = _folder["map.ps1"];
        File.WriteAllText(script, """
            $file = Join-Path $PSScriptRoot 'small.h5'
            New-Model { Dense 2 -InputShape 3 } | Save-Model $file
            $null = Import-Model $file
            $null = Get-Help Invoke-Model
            [IO.File]::ReadAllLines('/proc/self/maps') -match 'torch|libc10|Skia|gomp' -notmatch '\.dll$'
            """);

        var result = HostProcess.Run(script);

        Assert.Equal(("", "", 0), (result.Error, result.Output, result.ExitCode));
    }
}
