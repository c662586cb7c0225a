using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Numbers as the numbers of the bins in which they lie. Keras: <c>keras.layers.Discretization</c>.</summary>
/// <remarks>A number that is a boundary lies in the bin above it.</remarks>
public sealed record Discretization : TensorLayer
{
    /// <summary>Boundaries between the bins, ascending.</summary>
    public NumberList? BinBoundaries { get; init; }

    /// <summary>Number of bins, where the boundaries were (or are to be) found from data.</summary>
    public int? NumBins { get; init; }

    /// <summary>How exactly boundaries are found from data.</summary>
    public double Epsilon { get; init; } = 0.01;

    /// <summary>The form of the result.</summary>
    public CategoryMode OutputMode { get; init; } = CategoryMode.Int;

    /// <summary>Whether Keras makes sparse tensors; kept, not supported when run.</summary>
    public bool Sparse { get; init; }

    /// <inheritdoc/>
    [ConfigWrite(Keras3 = false)]
    public override bool Trainable { get; init; } = true;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        if (BinBoundaries is null || Sparse)
        {
            throw Unsupported(Sparse ? $"cannot be run with {nameof(Sparse)}." : $"cannot be run without {nameof(BinBoundaries)}.");
        }

        // Not a number lies above all boundaries, so those above the number are counted, not those below.
        var x = op.ExpandDimensions(op.Cast(input, Tensors.DType.Float32), -1);
        var boundaries = op.Constant(Tensor.FromArray([.. BinBoundaries.Select(boundary => (float)boundary)], BinBoundaries.Count));
        var above = op.Sum(op.Cast(op.Binary(BinaryOperator.Less, x, boundaries), Tensors.DType.Int32), [-1]);
        var bins = op.Subtract(op.Fill(Tensors.DType.Int32, [], BinBoundaries.Count), above);
        return CategoryRows.Of(op, bins, OutputMode, BinBoundaries.Count + 1, TypeOf(call.Context.Dialect));
    }

    // Keras 2 says the type of ids in the policy; older files have a floating policy and mean int64.
    private DType TypeOf(KerasDialect dialect) => OutputMode is not CategoryMode.Int ? DType.ComputeDType
        : dialect is KerasDialect.Keras3 ? Tensors.DType.Int32
        : DType.ComputeDType.IsInteger() ? DType.ComputeDType
        : Tensors.DType.Int64;
}
