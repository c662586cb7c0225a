using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>The summations of multi-head attention over any axes.</summary>
/// <remarks>Projections are [batch, …, heads, size]; of their axes between, some are attended over and the others are kept apart like the batch.</remarks>
internal sealed class HeadEquations
{
    /// <param name="rank">Rank of the projections.</param>
    /// <param name="attentionAxes">The axes that are attended over, in the input; null for all between batch and features.</param>
    public HeadEquations(int rank, IntegerList? attentionAxes)
    {
        int[] attended = attentionAxes is null ? [.. Enumerable.Range(1, rank - 3)] : [.. attentionAxes.Select(axis => axis < 0 ? axis + rank - 1 : axis)];
        var query = Letters(0, rank);
        var key = query.ToCharArray();
        for (var i = 0; i < attended.Length; i++)
        {
            key[attended[i]] = Letters(rank + i, 1)[0];
        }

        var apart = string.Concat(Enumerable.Range(0, rank - 1).Except(attended).Select(axis => query[axis]));
        var product = apart + string.Concat(attended.Select(axis => query[axis])) + string.Concat(attended.Select(axis => key[axis]));
        var keyLetters = new string(key);
        Scores = $"{keyLetters},{query}->{product}";
        Combine = $"{product},{keyLetters}->{query}";
        ValueAxes = [.. Enumerable.Range(1, attended.Length).Select(i => -i)];
    }

    /// <summary>Keys and queries to scores [batch, heads, queries…, values…].</summary>
    public string Scores { get; }

    /// <summary>Distribution and values to the heads' output.</summary>
    public string Combine { get; }

    /// <summary>The axes of the values in the scores.</summary>
    public IReadOnlyList<int> ValueAxes { get; }

    /// <summary>Some letters of the alphabet.</summary>
    public static string Letters(int start, int count) => string.Concat(Enumerable.Range(start, count).Select(i => (char)('a' + i)));
}
