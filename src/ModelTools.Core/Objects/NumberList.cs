using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ModelTools.Objects;

/// <summary>A configured value that Keras takes as one number or as a list: a scale, or one per channel.</summary>
/// <remarks>Compares by value. JSON holds the number itself where <see cref="IsSingle"/>, else a list.</remarks>
[CollectionBuilder(typeof(NumberList), nameof(Create))]
public sealed class NumberList : IReadOnlyList<double>, IEquatable<NumberList>
{
    private readonly double[] _values;

    private NumberList(double[] values, bool isSingle)
    {
        _values = values;
        IsSingle = isSingle;
    }

    /// <summary>True for a bare number.</summary>
    public bool IsSingle { get; }

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public double this[int index] => _values[index];

    /// <summary>A bare number.</summary>
    public static implicit operator NumberList(double value) => FromDouble(value);

    /// <summary>A list.</summary>
    public static implicit operator NumberList(double[] values) => Create(values);

    /// <summary>A bare number.</summary>
    public static NumberList FromDouble(double value) => new([value], true);

    /// <summary>A list.</summary>
    public static NumberList Create(ReadOnlySpan<double> values) => new(values.ToArray(), false);

    /// <inheritdoc/>
    public bool Equals(NumberList? other) => other is not null && IsSingle == other.IsSingle && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NumberList);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(_values.Length, (hash, value) => HashCode.Combine(hash, value));

    /// <summary>For instance <c>0.5</c> or <c>(0.5, 0.25)</c>.</summary>
    public override string ToString()
    {
        var numbers = _values.Select(value => value.ToString(CultureInfo.InvariantCulture));
        return IsSingle ? numbers.First() : $"({string.Join(", ", numbers)})";
    }

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();
}
