using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <summary>An extent that is known now, or is the value of an int32 scalar once the model runs.</summary>
/// <typeparam name="T">The implementation's tensor.</typeparam>
/// <param name="Known">The extent, or <see cref="Shape.Unknown"/>.</param>
/// <param name="Value">The scalar that will hold it; null when <paramref name="Known"/> says it.</param>
public readonly record struct Dimension<T>(long Known, T? Value = null)
    where T : class
{
    /// <summary>True if the extent is known now.</summary>
    public bool IsKnown => Known >= 0;

    /// <summary>A known extent; -1 in one place of a reshape means "what is left".</summary>
    public static implicit operator Dimension<T>(long known) => FromInt64(known);

    /// <summary>A known extent.</summary>
    public static Dimension<T> FromInt64(long known) => new(known);
}
