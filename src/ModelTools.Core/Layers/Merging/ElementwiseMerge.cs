using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Joins tensors element by element, with broadcasting. Keras: <c>keras.src.layers.merging.base_merge.Merge</c>.</summary>
/// <remarks>Tensors of unequal rank are aligned at the batch: missing axes come after it.</remarks>
public abstract record ElementwiseMerge : MergeLayer
{
    private protected virtual int MinimumInputs => 2;

    private protected virtual int MaximumInputs => int.MaxValue;

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        if (inputs.Count < MinimumInputs || inputs.Count > MaximumInputs)
        {
            throw UnfitInput($"takes {(MaximumInputs == MinimumInputs ? "" : "at least ")}{MinimumInputs} inputs, not {inputs.Count}.");
        }
    }

    /// <inheritdoc/>
    protected sealed override T Merge<T>(IOperators<T> op, IReadOnlyList<T> inputs)
    {
        var rank = inputs.Max(op.RankOf);
        return Combine(op, [.. inputs.Select(input => Widen(op, input, rank))]);
    }

    /// <summary>Computes the output from inputs of one rank.</summary>
    private protected virtual T Combine<T>(IOperators<T> op, IReadOnlyList<T> inputs)
        where T : class => inputs.Aggregate((a, b) => op.Binary(Operator, a, b));

    /// <summary>The operator between the first two inputs, then between that and the next.</summary>
    private protected abstract BinaryOperator Operator { get; }

    private static T Widen<T>(IOperators<T> op, T x, int rank)
        where T : class
    {
        while (op.RankOf(x) < rank)
        {
            x = op.ExpandDimensions(x, op.RankOf(x) == 0 ? 0 : 1);
        }

        return x;
    }
}
