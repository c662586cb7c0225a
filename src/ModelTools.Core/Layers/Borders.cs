using System.Collections;

namespace ModelTools.Layers;

/// <summary>How much is added or cut before and after each spatial axis.</summary>
/// <remarks>
/// Keras takes one number for everything, one number per axis, or a pair per axis; for one axis the pair stands alone. A layer knows its axes and
/// stores pairs. JSON: a list of pairs, for one axis the pair alone.
/// </remarks>
public sealed class Borders : IReadOnlyList<(int Before, int After)>, IEquatable<Borders>
{
    private readonly (int Before, int After)[] _pairs;
    private readonly IReadOnlyList<int>? _numbers;

    private Borders((int, int)[] pairs, IReadOnlyList<int>? numbers)
    {
        _pairs = pairs;
        _numbers = numbers;
    }

    /// <inheritdoc/>
    public int Count => _pairs.Length;

    /// <inheritdoc/>
    public (int Before, int After) this[int index] => _pairs[index];

    /// <summary>The same on every side.</summary>
    public static implicit operator Borders(int all) => FromInt32(all);

    /// <summary>A number per axis, or the one pair of one axis.</summary>
    public static implicit operator Borders(int[] numbers) => FromNumbers(numbers);

    /// <summary>The same on every side.</summary>
    public static Borders FromInt32(int all) => FromNumbers([all]);

    /// <summary>A number per axis, or the one pair of one axis.</summary>
    public static Borders FromNumbers(params IReadOnlyList<int> numbers) => new([.. numbers.Select(number => (number, number))], numbers);

    /// <summary>A pair per axis.</summary>
    public static Borders FromPairs(params IReadOnlyList<(int Before, int After)> pairs) => new([.. pairs], null);

    /// <summary>A pair per axis; lists of the wrong length stay as they are.</summary>
    /// <param name="axes">Number of axes.</param>
    public Borders Spread(int axes) => _numbers switch
    {
        [var before, var after] when axes == 1 => FromPairs((before, after)),
        [var all] => FromPairs([.. Enumerable.Repeat((all, all), axes)]),
        _ => FromPairs(_pairs),
    };

    /// <inheritdoc/>
    public bool Equals(Borders? other) => other is not null && _pairs.AsSpan().SequenceEqual(other._pairs) && (_numbers is null) == (other._numbers is null);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Borders);

    /// <inheritdoc/>
    public override int GetHashCode() => _pairs.Aggregate(_pairs.Length, (hash, pair) => HashCode.Combine(hash, pair));

    /// <summary>For instance <c>((1, 1), (0, 2))</c>.</summary>
    public override string ToString() => _pairs.Length == 1 ? $"{_pairs[0]}" : $"({string.Join(", ", _pairs)})";

    /// <inheritdoc/>
    public IEnumerator<(int Before, int After)> GetEnumerator() => ((IEnumerable<(int, int)>)_pairs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _pairs.GetEnumerator();
}
