using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ModelTools.Completion;

/// <summary>Words as completions: those that begin with what is typed, quoted where PowerShell needs it.</summary>
internal static partial class CompletionWords
{
    /// <summary>The completions among some words.</summary>
    /// <param name="words">Every word there is, in the order in which they are offered.</param>
    /// <param name="typed">What is typed so far, with or without quotes.</param>
    /// <param name="isPattern">Whether the parameter takes wildcards, so that brackets in a word must be escaped.</param>
    public static IEnumerable<CompletionResult> Matching(IEnumerable<string> words, string typed, bool isPattern = false)
    {
        var start = typed.Trim('\'', '"');
        return words
            .Where(word => word.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(Quoted(isPattern ? WildcardPattern.Escape(word) : word), word, CompletionResultType.ParameterValue, word));
    }

    /// <summary>A word as it is typed in a command.</summary>
    public static string Quoted(string word) => Plain().IsMatch(word) ? word : $"'{word.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\w.][\w./:-]*$")]
    private static partial Regex Plain();
}
