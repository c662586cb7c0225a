using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ModelTools.Objects;

/// <summary>A configured value that Keras takes as one number or as a list: a kernel's size, strides, axes.</summary>
/// <remarks>Compares by value. JSON holds the number itself where <see cref="IsSingle"/>, else a list.</remarks>
[CollectionBuilder(typeof(IntegerList), nameof(Create))]
public sealed class IntegerList : IReadOnlyList<int>, IEquatable<IntegerList>
{
    private readonly int[] _values;

    private IntegerList(int[] values, bool isSingle)
    {
        _values = values;
        IsSingle = isSingle;
    }

    /// <summary>True for a bare number.</summary>
    public bool IsSingle { get; }

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public int this[int index] => _values[index];

    /// <summary>A bare number.</summary>
    public static implicit operator IntegerList(int value) => FromInt32(value);

    /// <summary>A list.</summary>
    public static implicit operator IntegerList(int[] values) => Create(values);

    /// <summary>A bare number.</summary>
    public static IntegerList FromInt32(int value) => new([value], true);

    /// <summary>A list.</summary>
    public static IntegerList Create(ReadOnlySpan<int> values) => new(values.ToArray(), false);

    /// <summary>One number per axis: a single value (bare or in a list) counts for all of them, other lists stay as they are.</summary>
    /// <param name="axes">Number of axes.</param>
    public IntegerList Spread(int axes) => _values.Length == 1 ? new([.. Enumerable.Repeat(_values[0], axes)], false) : this;

    /// <summary>The values as parts of a shape.</summary>
    public IEnumerable<long> AsLongs() => _values.Select(value => (long)value);

    /// <summary>A list of one element as a bare number, other values as they are.</summary>
    public IntegerList Collapse() => _values.Length == 1 ? FromInt32(_values[0]) : this;

    /// <inheritdoc/>
    public bool Equals(IntegerList? other) => other is not null && IsSingle == other.IsSingle && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IntegerList);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(_values.Length, HashCode.Combine);

    /// <summary>For instance <c>3</c> or <c>(3, 3)</c>.</summary>
    public override string ToString()
    {
        var numbers = _values.Select(value => value.ToString(CultureInfo.InvariantCulture));
        return IsSingle ? numbers.First() : $"({string.Join(", ", numbers)})";
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();
}
