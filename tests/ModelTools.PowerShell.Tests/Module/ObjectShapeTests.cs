using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;
using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Module;

/// <summary>The objects that the cmdlets write are comfortable to use in PowerShell.</summary>
public sealed class ObjectShapeTests
{
    private const int Depth = 5;

    private const string Sample = """
        $network = New-Model { Dense 3 -Activation relu -InputShape 4; Dense 2 }
        $network | Set-ModelTraining -Optimizer Adam -Loss mse -Metric mae
        $network
        $left = New-ModelInput 3; $right = New-ModelInput 3
        New-Model -InputTensor $left, $right -OutputTensor ($left, $right | Add-ModelLayer Concatenate)
        ConvertTo-Tensor 1, 2, 3
        $file = Join-Path ([System.IO.Path]::GetTempPath()) "modeltools-shape-$([guid]::NewGuid()).h5"
        try { $network | Save-Model $file; Get-ModelInfo $file } finally { Remove-Item $file -ErrorAction SilentlyContinue }
        """;

    [Fact]
    public void Every_list_can_be_indexed()
    {
        using var session = new ModuleSession();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var found = new SortedSet<string>(StringComparer.Ordinal);

        foreach (var item in session.Invoke(Sample))
        {
            Walk(item.BaseObject, Depth, seen, found);
        }

        // The compiler's own lists hide their indexer, and $model.Inputs[0] would be the list itself.
        Assert.True(found.Count == 0, string.Join(", ", found));
        Assert.True(seen.Count > 50, $"Only {seen.Count} objects were looked at.");
    }

    [Fact]
    public void Views_and_types_are_of_types_there_are()
    {
        using var session = new ModuleSession();
        string[] names = ["ModelTools.Core", "ModelTools.Torch"];
        var assemblies = names.Select(name => AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name))).ToList();
        var named = XDocument.Load(Path.Combine(ModuleSession.Folder, "ModelTools.Format.ps1xml")).Descendants("ViewSelectedBy").Elements("TypeName")
            .Concat(XDocument.Load(Path.Combine(ModuleSession.Folder, "ModelTools.Types.ps1xml")).Root!.Elements("Type").Elements("Name"))
            .Select(element => element.Value);

        Assert.All(named, name => Assert.Contains(assemblies, assembly => assembly.GetType(name) is not null));
    }

    [Fact]
    public void Every_type_that_a_cmdlet_writes_has_a_view()
    {
        using var session = new ModuleSession();
        var viewed = XDocument.Load(Path.Combine(ModuleSession.Folder, "ModelTools.Format.ps1xml")).Descendants("ViewSelectedBy").Elements("TypeName").Select(element => element.Value).ToHashSet();
        var written = session.Invoke("Get-Command -Module ModelTools").SelectMany(command => ((CmdletInfo)command.BaseObject).OutputType).Select(output => output.Type).Distinct();

        Assert.All(written.Where(type => type?.Namespace?.StartsWith("ModelTools", StringComparison.Ordinal) is true), type =>
            Assert.True(Ancestors(type).Any(ancestor => viewed.Contains(ancestor.FullName!)), $"{type} has no view."));
    }

    /// <summary>After an object that is shown as a list, PowerShell shows those of other types as lists of their properties.</summary>
    [Fact]
    public void Objects_among_others_are_still_legible()
    {
        using var session = new ModuleSession();
        var text = string.Concat(session.Invoke("""
            $file = Join-Path ([System.IO.Path]::GetTempPath()) "modeltools-shape-$([guid]::NewGuid()).h5"
            Set-Content $file 'no model'
            try { $( [pscustomobject]@{ First = 1 } | Format-List; Test-Model $file -Detailed; New-Model { Dense 2 -InputShape 4 }; New-ModelOptimizer Adam ) | Out-String -Width 300 } finally { Remove-Item $file }
            """).Select(item => item.ToString()));

        Assert.Contains("Error MT1001: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ModelFinding {", text, StringComparison.Ordinal);
        Assert.DoesNotContain("DeepLayers", text, StringComparison.Ordinal);
        Assert.DoesNotContain("IsElementwise", text, StringComparison.Ordinal);
    }

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType!)
        {
            yield return ancestor;
        }
    }

    private static void Walk(object? value, int depth, HashSet<object> seen, SortedSet<string> found, string place = "")
    {
        if (value is null or string || depth == 0 || value.GetType().IsPrimitive || !seen.Add(value))
        {
            return;
        }

        var type = value.GetType();
        if (value is IEnumerable list)
        {
            if (type.Name.StartsWith("<>", StringComparison.Ordinal))
            {
                found.Add(place);
            }

            foreach (var item in list.Cast<object?>().Take(3))
            {
                Walk(item, depth - 1, seen, found, place);
            }
        }

        if (!IsOurs(type.Assembly))
        {
            return;
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0))
        {
            Walk(Read(property, value), depth - 1, seen, found, $"{property.DeclaringType!.Name}.{property.Name}");
        }
    }

    private static object? Read(PropertyInfo property, object owner)
    {
        try
        {
            return property.GetValue(owner);
        }
        catch (TargetInvocationException error) when (error.InnerException!.GetType().Name == "ModelToolsException")
        {
            return null;
        }
    }

    private static bool IsOurs(Assembly assembly) => assembly.GetName().Name is "ModelTools.Core" or "ModelTools.Torch" or "ModelTools.PowerShell";
}
