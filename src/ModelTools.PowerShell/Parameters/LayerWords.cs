using System.Management.Automation;
using ModelTools.Configuration;
using ModelTools.Diagnostics;
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
    /// <exception cref="ModelToolsException">MT6004: something that is no layer comes out of it; MT6006: a word is almost a layer's.</exception>
    public static IEnumerable<ModelLayer> Run(ScriptBlock definition)
    {
        try
        {
            return definition.InvokeWithContext(Words, [new PSVariable("ErrorActionPreference", ActionPreference.Stop)], []).Select(item => LayerArgument.From(item)!);
        }
        catch (CommandNotFoundException error) when (KerasArguments.Nearest<Layer>(error.CommandName) is { } near)
        {
            throw new ModelToolsException(ErrorCode.UnknownName, $"There is no layer '{error.CommandName}'. Did you mean {near}?", error) { Location = error.CommandName };
        }
    }
}
