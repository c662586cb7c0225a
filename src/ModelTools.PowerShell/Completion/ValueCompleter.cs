using System.Management.Automation;
using ModelTools.Configuration;
using ModelTools.Objects;

namespace ModelTools.Completion;

/// <summary>Offers the words that a property takes: activations, initializers, enumeration members …</summary>
internal static class ValueCompleter
{
    /// <summary>A completer for a property, or null where nothing can be offered.</summary>
    public static ScriptBlock? For(ConfigProperty property)
    {
        var words = KerasArguments.WordsFor(property);
        return words.Count == 0
            ? null
            : ScriptBlock.Create($"param($command, $parameter, $word) @({string.Join(",", words.Select(word => $"'{word}'"))}) | & {{ process {{ if ($_ -like \"$word*\") {{ $_ }} }} }}");
    }
}
