using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ModelTools.Completion;

/// <summary>Offers files and folders for a parameter that takes a path as it is: brackets in names are not escaped, as PowerShell does by itself only for <c>-LiteralPath</c>.</summary>
internal sealed class LiteralPathCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var line = $"ModelTools\\Get-ModelInfo -LiteralPath {(wordToComplete is [] or ['\'' or '"', ..] ? wordToComplete : CompletionWords.Quoted(wordToComplete))}";
        return CommandCompletion.CompleteInput(line, line.Length, null).CompletionMatches;
    }
}
