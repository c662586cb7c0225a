using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using ModelTools.Layers;
using ModelTools.Objects;

namespace ModelTools.Completion;

/// <summary>Completes the classes of layers inside <c>New-Model { }</c>, where they stand for commands: before what PowerShell itself offers there.</summary>
/// <remarks>Public, because the function that PowerShell calls can only call what PowerShell can see.</remarks>
public static class LayerClassWords
{
    /// <summary>The completions of a text.</summary>
    /// <param name="script">The text.</param>
    /// <param name="cursor">The place in it.</param>
    /// <param name="options">Options of <c>TabExpansion2</c>.</param>
    public static CommandCompletion Complete(string script, int cursor, Hashtable? options)
    {
        var (ast, tokens, position) = CommandCompletion.MapStringInputToParsedInput(script, cursor);
        return Complete(ast, tokens, position, options);
    }

    /// <summary>The completions of a text that an editor has read already.</summary>
    /// <param name="script">The text, as a tree.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="cursor">The place in it.</param>
    /// <param name="options">Options of <c>TabExpansion2</c>.</param>
    public static CommandCompletion Complete(Ast script, Token[] tokens, IScriptPosition cursor, Hashtable? options)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        var known = CommandCompletion.CompleteInput(script, tokens, cursor, options);
        if (WordAt(tokens, cursor.Offset) is not { } word || !LayerDefinition.Holds(script, cursor.Offset))
        {
            return known;
        }

        var classes = LayerWordCompleter.Words.Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Select(Describe).ToList();
        if (classes.Count == 0)
        {
            return known;
        }

        var start = cursor.Offset - word.Length;
        var others = known.ReplacementIndex == start ? known.CompletionMatches.ToList() : [];
        return new CommandCompletion(new Collection<CompletionResult>([.. classes, .. others]), -1, start, word.Length);
    }

    /// <summary>The name of a command up to the cursor; empty where one may begin; null at any other place.</summary>
    private static string? WordAt(Token[] tokens, int cursor)
    {
        Token[] typed = [.. tokens.Where(token => token.Extent.StartOffset < cursor && token.Kind is not TokenKind.EndOfInput)];
        return typed switch
        {
            [.., var last] when last.TokenFlags.HasFlag(TokenFlags.CommandName) && cursor <= last.Extent.EndOffset => last.Text[..(cursor - last.Extent.StartOffset)],
            [.., { Kind: TokenKind.LCurly or TokenKind.Semi or TokenKind.NewLine }] => "",
            [.., var before, { Kind: TokenKind.LParen }] when !before.TokenFlags.HasFlag(TokenFlags.Keyword) => "",
            _ => null,
        };
    }

    private static CompletionResult Describe(string name) =>
        new(name, name, CompletionResultType.Command, $"{name} {string.Join(' ', ObjectRegistry<Layer>.Find(name)?.Positional.Select(parameter => $"<{parameter}>") ?? [])}".TrimEnd());
}
