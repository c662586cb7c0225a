using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ModelTools.Tensors;

/// <summary>The dimensions of a tensor; <see cref="Unknown"/> (-1) stands for one that is open, such as the batch.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IReadOnlyList<long>, IEquatable<Shape>
{
    /// <summary>An open dimension.</summary>
    public const long Unknown = -1;

    private readonly long[] _dimensions;

    private Shape(long[] dimensions)
    {
        _dimensions = dimensions;
    }

    /// <summary>The shape of a single number.</summary>
    public static Shape Scalar { get; } = new([]);

    /// <summary>Number of dimensions.</summary>
    public int Rank => _dimensions.Length;

    /// <inheritdoc/>
    public int Count => _dimensions.Length;

    /// <summary>True if no dimension is open.</summary>
    public bool IsKnown => Array.TrueForAll(_dimensions, dimension => dimension >= 0);

    /// <summary>Number of elements, or <see cref="Unknown"/> when a dimension is open.</summary>
    /// <exception cref="OverflowException">The product exceeds 2^63.</exception>
    public long ElementCount
    {
        get
        {
            var count = 1L;
            foreach (var dimension in _dimensions)
            {
                if (dimension < 0)
                {
                    return Unknown;
                }

                count = checked(count * dimension);
            }

            return count;
        }
    }

    /// <summary>True if the known dimensions alone make more elements than any machine holds; a file may say any sizes.</summary>
    internal bool IsBeyondMemory
    {
        get
        {
            const long MostElements = 1L << 48;
            var count = 1L;
            foreach (var dimension in _dimensions)
            {
                if (dimension > 0 && (count > MostElements / dimension))
                {
                    return true;
                }

                count *= Math.Max(dimension, 1);
            }

            return false;
        }
    }

    /// <inheritdoc/>
    public long this[int index] => _dimensions[index];

    /// <summary>Makes a shape; negative values become <see cref="Unknown"/>.</summary>
    public static Shape Create(ReadOnlySpan<long> dimensions)
    {
        var copy = dimensions.ToArray();
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = Math.Max(copy[i], Unknown);
        }

        return copy.Length == 0 && Scalar is not null ? Scalar : new Shape(copy);
    }

    /// <summary>The dimensions.</summary>
    public ReadOnlySpan<long> AsSpan() => _dimensions;

    /// <summary>A copy of the dimensions.</summary>
    public long[] ToArray() => [.. _dimensions];

    /// <summary>The indices of an element, as NumPy writes them: <c>[3, 7]</c>.</summary>
    /// <param name="index">Its place in row-major order.</param>
    public string PlaceOf(long index)
    {
        var places = new long[Rank];
        for (var axis = Rank - 1; axis >= 0; axis--)
        {
            (index, places[axis]) = Math.DivRem(index, _dimensions[axis]);
        }

        return $"[{string.Join(", ", places)}]";
    }

    /// <summary>Part of the dimensions, as a shape.</summary>
    public Shape Slice(int start, int length) => Create(_dimensions.AsSpan(start, length));

    /// <summary>The same shape with one dimension replaced.</summary>
    /// <param name="axis">The dimension; negative counts from the end.</param>
    /// <param name="value">The new extent.</param>
    public Shape With(int axis, long value)
    {
        var copy = ToArray();
        copy[axis < 0 ? axis + Rank : axis] = value;
        return Create(copy);
    }

    /// <summary>This shape followed by another.</summary>
    public Shape Concat(Shape other) => [.. _dimensions, .. other._dimensions];

    /// <summary>True if both could describe the same tensor: equal rank, and equal dimensions where both are known.</summary>
    public bool IsCompatibleWith(Shape other)
    {
        if (other.Rank != Rank)
        {
            return false;
        }

        for (var i = 0; i < Rank; i++)
        {
            if (this[i] >= 0 && other[i] >= 0 && this[i] != other[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _dimensions.AsSpan().SequenceEqual(other._dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var dimension in _dimensions)
        {
            hash.Add(dimension);
        }

        return hash.ToHashCode();
    }

    /// <summary>The shape as Python prints it: <c>(None, 784)</c>, <c>(10,)</c>, <c>()</c>.</summary>
    public override string ToString() =>
        "(" + string.Join(", ", _dimensions.Select(d => d < 0 ? "None" : d.ToString(CultureInfo.InvariantCulture))) + (Rank == 1 ? ",)" : ")");

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)_dimensions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _dimensions.GetEnumerator();
}
