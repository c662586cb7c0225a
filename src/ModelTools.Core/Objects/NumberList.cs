using System.Runtime.CompilerServices;

namespace ModelTools.Objects;

/// <summary>Numbers that Keras takes as one or as a list: a scale, or one per channel.</summary>
[CollectionBuilder(typeof(NumberList), nameof(Create))]
public sealed class NumberList : SingleOrList<double>
{
    private NumberList(double[] values, bool isSingle)
        : base(values, isSingle)
    {
    }

    /// <summary>A bare number.</summary>
    public static implicit operator NumberList(double value) => FromDouble(value);

    /// <summary>A list.</summary>
    public static implicit operator NumberList(double[] values) => Create(values);

    /// <summary>A bare number.</summary>
    public static NumberList FromDouble(double value) => new([value], true);

    /// <summary>A list.</summary>
    public static NumberList Create(ReadOnlySpan<double> values) => new(values.ToArray(), false);
}
