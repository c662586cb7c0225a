using System.Management.Automation;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Parameters;

/// <summary>The words inside <c>New-Model { }</c>: every class of layers is a command there.</summary>
internal static class LayerWords
{
    private static readonly Dictionary<string, ScriptBlock> Words = ObjectRegistry<Layer>.All.ToDictionary(
        schema => schema.ClassName,
        schema => ScriptBlock.Create($"ModelTools\\New-ModelLayer {schema.ClassName} @args"),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Runs a definition and collects its layers.</summary>
    /// <exception cref="Diagnostics.ModelToolsException">MT6004: something that is no layer comes out of it.</exception>
    public static IEnumerable<ModelLayer> Run(ScriptBlock definition) =>
        definition.InvokeWithContext(Words, [new PSVariable("ErrorActionPreference", ActionPreference.Stop)], []).Select(item => LayerArgument.From(item)!);
}
