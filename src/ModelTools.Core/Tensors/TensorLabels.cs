using ModelTools.Diagnostics;

namespace ModelTools.Tensors;

/// <summary>Class numbers as vectors.</summary>
public static class TensorLabels
{
    // More classes than this are not taken on the word of one label.
    private const int LargestGuess = 1_000_000;

    /// <summary>Turns class numbers into vectors that are 1 at the class and 0 elsewhere, as Keras's <c>to_categorical</c> does.</summary>
    /// <param name="labels">Whole numbers of any type, <c>[…]</c>; a last axis of length 1 is dropped.</param>
    /// <param name="depth">Number of classes; null for one more than the largest label.</param>
    /// <param name="dtype">Element type of the result, a number.</param>
    /// <returns>A tensor <c>[…, depth]</c>.</returns>
    /// <exception cref="ModelToolsException">MT6004: a label is not a whole number from 0 to depth - 1; MT4004: strings.</exception>
    public static Tensor OneHot(this Tensor labels, int? depth = null, DType dtype = DType.Float32)
    {
        var classes = labels.Cast(DType.Float64).AsSpan<double>();
        var bound = depth ?? Depth(classes);
        for (var i = 0; i < classes.Length; i++)
        {
            if (!(classes[i] >= 0 && classes[i] < bound && classes[i] == Math.Floor(classes[i])))
            {
                throw new ModelToolsException(ErrorCode.InvalidArgument, FormattableString.Invariant($"Label {i} is {classes[i]}; labels are whole numbers from 0 to {bound - 1}."));
            }
        }

        var outer = labels.Shape.Rank > 1 && labels.Shape[^1] == 1 ? labels.Shape.Slice(0, labels.Shape.Rank - 1) : labels.Shape;
        var result = Tensor.Zeros(dtype, [.. outer, bound]);
        var data = (OwnedData)result.Data;
        var one = ((OwnedData)Tensor.Scalar(1f).Cast(dtype).Data).Span(0, dtype.Size());
        for (var i = 0; i < classes.Length; i++)
        {
            one.CopyTo(data.Span((((long)i * bound) + (long)classes[i]) * dtype.Size(), dtype.Size()));
        }

        return result;
    }

    private static int Depth(ReadOnlySpan<double> classes)
    {
        var largest = -1.0;
        foreach (var label in classes)
        {
            largest = Math.Max(largest, label);
        }

        return largest < LargestGuess ? (int)largest + 1 : throw new ModelToolsException(ErrorCode.InvalidArgument, FormattableString.Invariant($"The largest label, {largest}, does not look like the number of a class."))
        {
            Advice = "Say how many classes there are.",
        };
    }
}
