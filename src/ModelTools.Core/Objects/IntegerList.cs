using System.Runtime.CompilerServices;

namespace ModelTools.Objects;

/// <summary>Integers that Keras takes as one number or as a list: a kernel's size, strides, axes.</summary>
[CollectionBuilder(typeof(IntegerList), nameof(Create))]
public sealed class IntegerList : SingleOrList<int>
{
    private IntegerList(int[] values, bool isSingle)
        : base(values, isSingle)
    {
    }

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
    public IntegerList Spread(int axes) => Count == 1 ? new([.. Enumerable.Repeat(this[0], axes)], false) : this;

    /// <summary>The values as parts of a shape.</summary>
    public IEnumerable<long> AsLongs() => this.Select(value => (long)value);

    /// <summary>A list of one element as a bare number, other values as they are.</summary>
    public IntegerList Collapse() => Count == 1 ? FromInt32(this[0]) : this;
}
