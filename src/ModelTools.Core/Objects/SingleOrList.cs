using System.Collections;
using System.Globalization;

namespace ModelTools.Objects;

/// <summary>A configured value that Keras takes as one number or as a list of them.</summary>
/// <remarks>Compares by value. JSON holds the number itself where <see cref="IsSingle"/>, else a list.</remarks>
/// <typeparam name="TNumber">Type of a number.</typeparam>
public abstract class SingleOrList<TNumber> : IReadOnlyList<TNumber>, IEquatable<SingleOrList<TNumber>>
    where TNumber : struct, IFormattable, IEquatable<TNumber>
{
    private readonly TNumber[] _values;

    private protected SingleOrList(TNumber[] values, bool isSingle)
    {
        _values = values;
        IsSingle = isSingle;
    }

    /// <summary>True for a bare number.</summary>
    public bool IsSingle { get; }

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public TNumber this[int index] => _values[index];

    /// <inheritdoc/>
    public bool Equals(SingleOrList<TNumber>? other) => other is not null && IsSingle == other.IsSingle && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as SingleOrList<TNumber>);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => _values.Aggregate(_values.Length, HashCode.Combine);

    /// <summary>For instance <c>3</c> or <c>(3, 3)</c>.</summary>
    public sealed override string ToString()
    {
        var numbers = _values.Select(value => value.ToString(null, CultureInfo.InvariantCulture));
        return IsSingle ? numbers.First() : $"({string.Join(", ", numbers)})";
    }

    /// <inheritdoc/>
    public IEnumerator<TNumber> GetEnumerator() => ((IEnumerable<TNumber>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();
}
