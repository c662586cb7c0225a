using ModelTools.Diagnostics;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Which vectors of a matrix should be orthogonal to each other.</summary>
public enum OrthogonalVectors
{
    /// <summary>Its rows.</summary>
    Rows,

    /// <summary>Its columns.</summary>
    Columns,
}

/// <summary>The mean absolute cosine between a matrix's rows or columns, times a factor. Keras: <c>keras.regularizers.OrthogonalRegularizer</c>.</summary>
public sealed record OrthogonalRegularizer : Regularizer
{
    /// <summary>Weight of the penalty.</summary>
    public double Factor { get; init; } = 0.01;

    /// <summary>Rows or columns.</summary>
    public OrthogonalVectors Mode { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ModelToolsException">MT3007: the weight is no matrix.</exception>
    public override T Penalty<T>(IOperators<T> op, T x)
    {
        var shape = op.ShapeOf(x);
        if (shape.Rank != 2)
        {
            throw new ModelToolsException(ErrorCode.InvalidLayer, $"OrthogonalRegularizer takes a matrix, not a weight of shape {shape}.");
        }

        var byRows = Mode is OrthogonalVectors.Rows;
        var unit = op.L2Normalize(x, [byRows ? 1 : 0], 1e-12);
        var cosines = op.MatMul(unit, unit, transposeA: !byRows, transposeB: byRows);
        var size = shape[byRows ? 0 : 1];
        var others = op.Cast(op.Constant(new IdentityInitializer().Create([size, size], DType.Float32, Random.Shared)), op.DTypeOf(x));
        var sum = op.SumAll(op.Abs(op.Multiply(cosines, op.SubtractFrom(1, others))));
        return op.Multiply(sum, Factor * 0.5 / (size * (size - 1.0) / 2));
    }
}
