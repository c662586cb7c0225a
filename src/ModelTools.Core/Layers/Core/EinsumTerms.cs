using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>The three terms of a dense layer's equation.</summary>
/// <param name="Input">Letters of the input's axes; <c>...</c> at the start or the end for the others.</param>
/// <param name="Kernel">Letters of the kernel's axes.</param>
/// <param name="Output">Letters of the output's axes.</param>
internal sealed record EinsumTerms(string Input, string Kernel, string Output)
{
    private const string Ellipsis = "...";

    /// <summary>Takes an equation apart; null if it is none.</summary>
    public static EinsumTerms? Of(string equation)
    {
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        if (sides is not [var left, var output] || left.Split(',') is not [var input, var kernel])
        {
            return null;
        }

        var terms = new EinsumTerms(input, kernel, output);
        var letters = Letters(output);
        var isComplete = kernel.Length > 0 && kernel.All(char.IsAsciiLetter) && Letters(input).All(char.IsAsciiLetter)
            && letters.All(letter => kernel.Contains(letter, StringComparison.Ordinal) || input.Contains(letter, StringComparison.Ordinal))
            && kernel.All(letter => input.Contains(letter, StringComparison.Ordinal) || letters.Contains(letter, StringComparison.Ordinal));
        return isComplete ? terms : null;
    }

    /// <summary>The extents that the letters stand for; null if the shapes do not fit the terms.</summary>
    /// <param name="input">The input, batch first.</param>
    /// <param name="output">The output without the batch.</param>
    public Dictionary<char, long>? SizesOf(Shape input, Shape output)
    {
        var sizes = new Dictionary<char, long>();
        return Assign(Output, output, output.Rank + 1, sizes) && Assign(Input, input, input.Rank, sizes) ? sizes : null;
    }

    private static bool Assign(string term, Shape shape, int rank, Dictionary<char, long> sizes)
    {
        var letters = term.Replace(Ellipsis, "", StringComparison.Ordinal);
        var position = term.IndexOf(Ellipsis, StringComparison.Ordinal);
        if (position < 0 ? letters.Length != rank : position > 0 && letters.Length > rank)
        {
            return false;
        }

        for (var i = 0; i < letters.Length; i++)
        {
            // Counted from the end where the ellipsis stands before the letter; an output shape lacks the batch in front.
            var fromEnd = position >= 0 && i >= position ? letters.Length - i : rank - i;
            var extent = fromEnd <= shape.Rank && fromEnd > 0 ? shape[^fromEnd] : Shape.Unknown;
            if (extent >= 0 && sizes.GetValueOrDefault(letters[i], Shape.Unknown) is var known && known >= 0 && known != extent)
            {
                return false;
            }

            if (extent >= 0 || !sizes.ContainsKey(letters[i]))
            {
                sizes[letters[i]] = extent;
            }
        }

        return true;
    }

    private static string Letters(string term) => term.Replace(Ellipsis, "", StringComparison.Ordinal);
}
