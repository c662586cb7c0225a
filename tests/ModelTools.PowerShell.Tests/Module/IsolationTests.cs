using System.Reflection;
using System.Reflection.Emit;
using ModelTools.PowerShell.Tests.Program;

namespace ModelTools.PowerShell.Tests.Module;

/// <summary>The module and another one that brings another version of the same dependency live side by side, whoever comes first.</summary>
public sealed class IsolationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Snappier", "before")]
    [InlineData("Snappier", "after")]
    [InlineData("NuGet.Versioning", "before")]
    [InlineData("NuGet.Versioning", "after")]
    public void Another_version_of_a_dependency_does_no_harm(string dependency, string order)
    {
        WriteOtherModule(dependency);
        var script = _folder["isolation.ps1"];
        File.WriteAllText(script, $$"""
            $manifest = Join-Path (Split-Path (Get-Module ModelTools).Path) 'ModelTools.psd1'
            $other = Join-Path $PSScriptRoot 'Other/Other.psd1'
            $none = (New-Item -ItemType Directory (Join-Path $PSScriptRoot none) -Force).FullName
            function Test-Ours {
                # Both cmdlets need the dependency for what they do: blocks of a compressed checkpoint, the version of a package.
                if ('{{dependency}}' -eq 'Snappier') {
                    "ours: $((Get-ModelInfo '{{Path.Combine(TestFolders.Fixtures, "checkpoint", "valid_snappy", "weights.index")}}').Tensors.Count -gt 0)"
                }
                else {
                    try { Install-ModelEngine -Source $none -Force } catch { "ours: $($_.FullyQualifiedErrorId -like 'MT5004,*')" }
                }
                [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq 'ModelTools' | ForEach-Object { $_.Assemblies } |
                    Where-Object { $_.GetName().Name -eq '{{dependency}}' } | ForEach-Object { "ours is theirs: $($_.GetName().Version.Major -eq 99)" }
            }
            function Test-Theirs { "theirs: $([{{dependency}}.Marker].Assembly.GetName().Version)" }
            if ('{{order}}' -eq 'before') { Import-Module $other; Test-Theirs; Test-Ours } else { Test-Ours; Import-Module $other; Test-Theirs }
            Remove-Module ModelTools
            Import-Module $manifest
            Test-Ours
            Test-Theirs
            """);

        var result = HostProcess.Run(script);

        string[] ours = ["ours: True", "ours is theirs: False"];
        string[] first = order == "before" ? ["theirs: 99.1.2.3", .. ours] : [.. ours, "theirs: 99.1.2.3"];
        Assert.Equal(("", string.Join('\n', [.. first, .. ours, "theirs: 99.1.2.3", ""]), 0), (result.Error, result.Output, result.ExitCode));
    }

    /// <summary>A module whose assembly of that name has the version 99.1.2.3 and a single type.</summary>
    private void WriteOtherModule(string dependency)
    {
        var folder = Directory.CreateDirectory(_folder["Other"]).FullName;
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(dependency) { Version = new Version(99, 1, 2, 3) }, typeof(object).Assembly);
        assembly.DefineDynamicModule(dependency).DefineType($"{dependency}.Marker", TypeAttributes.Public).CreateType();
        assembly.Save(Path.Combine(folder, $"{dependency}.dll"));
        File.WriteAllText(Path.Combine(folder, "Other.psd1"), $"@{{ ModuleVersion = '1.0'; RequiredAssemblies = @('{dependency}.dll'); FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @() }}");
    }
}
