using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Module;

/// <summary>The manifest and the folder that the build composes.</summary>
public sealed class ManifestTests
{
    private readonly Hashtable _manifest = Read(ModuleSession.Manifest);

    [Fact]
    public void Everything_that_the_manifest_names_is_in_the_folder()
    {
        var named = new[] { "RootModule", "NestedModules", "FormatsToProcess", "TypesToProcess" }.SelectMany(key => ((IEnumerable)Wrap(_manifest[key]!)).Cast<string>());

        Assert.All(named, file => Assert.True(File.Exists(Path.Combine(ModuleSession.Folder, file)), file));
    }

    [Fact]
    public void PowerShell_finds_nothing_wrong_with_it()
    {
        using var session = new ModuleSession(import: false);

        var module = (PSModuleInfo)session.Invoke("param($path) Test-ModuleManifest -Path $path", ModuleSession.Manifest).Single().BaseObject;

        Assert.Equal(new Version(7, 4), module.PowerShellVersion);
        Assert.Equal(["Core"], module.CompatiblePSEditions);
        Assert.Contains("PSEdition_Core", module.Tags);
        Assert.False(string.IsNullOrEmpty(module.Description));
        Assert.NotEqual(Guid.Empty, module.Guid);
    }

    [Fact]
    public void The_exports_are_explicit()
    {
        foreach (var key in new[] { "CmdletsToExport", "FunctionsToExport", "VariablesToExport", "AliasesToExport" })
        {
            Assert.DoesNotContain("*", string.Join(' ', ((IEnumerable)_manifest[key]!).Cast<object>()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_folder_is_named_after_the_version() => Assert.Equal(_manifest["ModuleVersion"], Path.GetFileName(ModuleSession.Folder));

    [Fact]
    public void Only_cmdlets_and_loader_lie_where_PowerShell_looks_for_assemblies() =>
        Assert.Equal(["ModelTools.Loader.dll", "ModelTools.PowerShell.dll"], Directory.GetFiles(ModuleSession.Folder, "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void The_engine_and_its_packages_lie_in_the_folder_of_dependencies()
    {
        var present = Directory.GetFiles(Path.Combine(ModuleSession.Folder, "Dependencies"), "*.dll").Select(Path.GetFileName).ToHashSet();

        Assert.Superset(new HashSet<string?> { "ModelTools.Core.dll", "ModelTools.Torch.dll", "Snappier.dll", "TorchSharp.dll" }, present);
        Assert.DoesNotContain("System.Management.Automation.dll", present);
    }

    [Fact]
    public void The_manifest_of_the_checkout_is_the_one_that_ships() =>
        Assert.Equal(File.ReadAllText(Path.Combine(TestFolders.Repository, "ModelTools.psd1")), File.ReadAllText(ModuleSession.Manifest));

    private static Array Wrap(object value) => value as Array ?? new[] { value };

    private static Hashtable Read(string path)
    {
        var file = Parser.ParseFile(path, out _, out var errors);
        Assert.Empty(errors);
        return (Hashtable)file.Find(node => node is HashtableAst, searchNestedScriptBlocks: false).SafeGetValue();
    }
}
