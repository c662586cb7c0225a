using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A layer that joins several tensors into one.</summary>
public abstract record MergeLayer : Layer
{
    /// <inheritdoc/>
    [Objects.ConfigIgnore]
    public override bool TakesList => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call) =>
        [new Masked<T>(Merge(call.Operators, [.. call.Inputs.Select(input => input.Value)]), MergeMasks(call.Operators, call.Inputs))];

    /// <summary>Computes the output.</summary>
    protected abstract T Merge<T>(IOperators<T> op, IReadOnlyList<T> inputs)
        where T : class;

    /// <summary>The mask of the output: where all masked inputs are valid (Keras: <c>Merge.compute_mask</c>).</summary>
    protected virtual T? MergeMasks<T>(IOperators<T> op, IReadOnlyList<Masked<T>> inputs)
        where T : class =>
        inputs.Any(input => input.Mask is null) ? null : inputs.Select(input => input.Mask!).Aggregate((a, b) => op.Binary(BinaryOperator.LogicalAnd, a, b));
}
