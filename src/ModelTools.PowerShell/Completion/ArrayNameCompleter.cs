using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ModelTools.Formats.TensorFiles;

namespace ModelTools.Completion;

/// <summary>Offers the names of the arrays in the .npz file that the command line names.</summary>
internal sealed class ArrayNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            return (fakeBoundParameters["LiteralPath"] ?? fakeBoundParameters["Path"]) is { } path && LanguagePrimitives.ConvertTo<string[]>(path) is [var file]
                ? [.. CompletionWords.Matching(TensorFile.Names(ModelOnCommandLine.FullPath(file)), wordToComplete)]
                : [];
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The Tab key is no place for errors: the command itself reports them.
            return [];
        }
    }
}
