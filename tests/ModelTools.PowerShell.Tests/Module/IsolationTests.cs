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
    [InlineData("before")]
    [InlineData("after")]
    public void Another_version_of_a_dependency_does_no_harm(string order)
    {
        WriteOtherModule();
        var script = _folder["isolation.ps1"];
        File.WriteAllText(script, $$"""
            $manifest = Join-Path (Split-Path (Get-Module ModelTools).Path) 'ModelTools.psd1'
            $other = Join-Path $PSScriptRoot 'Other/Other.psd1'
            $default = [System.Runtime.Loader.AssemblyLoadContext]::Default
            function Test-Ours {
                # The cmdlets ask the default context for the engine, as the runtime does for them.
                $engine = $default.LoadFromAssemblyName('ModelTools.Core')
                $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($engine)
                "ours: $($context.Name) $($context.LoadFromAssemblyName('Snappier').GetName().Version.Major)"
            }
            function Test-Theirs { "theirs: $([Snappier.Marker].Assembly.GetName().Version)" }
            if ('{{order}}' -eq 'before') { Import-Module $other; Test-Theirs; Test-Ours } else { Test-Ours; Import-Module $other; Test-Theirs }
            Remove-Module ModelTools
            Import-Module $manifest
            Test-Ours
            Test-Theirs
            """);

        var result = HostProcess.Run(script);

        string[] first = order == "before" ? ["theirs: 99.1.2.3", "ours: ModelTools 1"] : ["ours: ModelTools 1", "theirs: 99.1.2.3"];
        Assert.Equal(("", string.Join('\n', [.. first, "ours: ModelTools 1", "theirs: 99.1.2.3", ""]), 0), (result.Error, result.Output, result.ExitCode));
    }

    /// <summary>A module whose <c>Snappier.dll</c> has the version 99.1.2.3 and a single type.</summary>
    private void WriteOtherModule()
    {
        var folder = Directory.CreateDirectory(_folder["Other"]).FullName;
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Snappier") { Version = new Version(99, 1, 2, 3) }, typeof(object).Assembly);
        assembly.DefineDynamicModule("Snappier").DefineType("Snappier.Marker", TypeAttributes.Public).CreateType();
        assembly.Save(Path.Combine(folder, "Snappier.dll"));
        File.WriteAllText(Path.Combine(folder, "Other.psd1"), "@{ ModuleVersion = '1.0'; RequiredAssemblies = @('Snappier.dll'); FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @() }");
    }
}
