using System.Management.Automation.Language;

namespace ModelTools.Completion;

/// <summary>Finds out whether a place in a script is inside of <c>New-Model { }</c>, where classes of layers are commands.</summary>
internal static class LayerDefinition
{
    /// <summary>Whether a place is inside of a definition, which may not be closed yet.</summary>
    /// <param name="script">The script, or any part of it.</param>
    /// <param name="offset">The place in the whole text.</param>
    public static bool Holds(Ast script, int offset)
    {
        while (script.Parent is not null)
        {
            script = script.Parent;
        }

        return script.Find(node => node is ScriptBlockExpressionAst { Parent: CommandAst caller } block && IsNewModel(caller) && Holds(block.Extent, offset), searchNestedScriptBlocks: true) is not null;
    }

    private static bool IsNewModel(CommandAst caller) =>
        caller.GetCommandName() is { } name && name.Split('\\')[^1].Equals("New-Model", StringComparison.OrdinalIgnoreCase);

    private static bool Holds(IScriptExtent block, int offset) => block.StartOffset < offset && (offset < block.EndOffset || !block.Text.EndsWith('}'));
}
