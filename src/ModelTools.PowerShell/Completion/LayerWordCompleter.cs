using System.Management.Automation;
using System.Management.Automation.Language;
using ModelTools.Layers;

namespace ModelTools.Completion;

/// <summary>Completes the words inside <c>New-Model { }</c>: <c>Dense 3 -Act</c> as <c>New-ModelLayer Dense 3 -Act</c>.</summary>
/// <remarks>Public, because the script block that PowerShell calls can only call what PowerShell can see.</remarks>
public static class LayerWordCompleter
{
    /// <summary>Every word.</summary>
    /// <remarks>The names of the types, because making their schemas would take a tenth of a second of every import.</remarks>
    internal static IReadOnlyList<string> Words { get; } =
        [.. typeof(Layer).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Layer))).Select(type => type.Name)];

    /// <summary>The completions at a place in a command whose name is a class of layers.</summary>
    /// <param name="command">The command as far as it is typed.</param>
    /// <param name="cursor">The place in the whole input.</param>
    public static IEnumerable<CompletionResult> Complete(CommandAst command, int cursor)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!LayerDefinition.Holds(command, command.Extent.StartOffset) || command.GetCommandName() is not { } name)
        {
            return [];
        }

        var typed = command.Extent.Text.PadRight(cursor - command.Extent.StartOffset)[..(cursor - command.Extent.StartOffset)];
        var line = $"ModelTools\\New-ModelLayer {name}{typed[command.CommandElements[0].Extent.Text.Length..]}";
        return CommandCompletion.CompleteInput(line, line.Length, null).CompletionMatches;
    }

    /// <summary>Tells PowerShell of the words, which are no commands outside of the block.</summary>
    internal static void Register()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Microsoft.PowerShell.Core\\Register-ArgumentCompleter")
            .AddParameter("Native")
            .AddParameter("CommandName", Words)
            .AddParameter("ScriptBlock", ScriptBlock.Create("param($word, $command, $cursor) [ModelTools.Completion.LayerWordCompleter]::Complete($command, $cursor)"))
            .Invoke();
    }
}
