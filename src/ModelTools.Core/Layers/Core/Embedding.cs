using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>A vector for each id. Keras: <c>keras.layers.Embedding</c>.</summary>
/// <remarks>Input [batch, …] of ids below <paramref name="InputDim"/>, output [batch, …, <paramref name="OutputDim"/>].</remarks>
/// <param name="InputDim">Number of ids.</param>
/// <param name="OutputDim">Size of a vector.</param>
public sealed record Embedding(int InputDim, int OutputDim) : Layer, IActivityRegularized
{
    /// <summary>Makes the vectors.</summary>
    public Initializer EmbeddingsInitializer { get; init; } = new RandomUniform();

    /// <summary>Penalty on the vectors.</summary>
    public Regularizer? EmbeddingsRegularizer { get; init; }

    /// <inheritdoc/>
    public Regularizer? ActivityRegularizer { get; init; }

    /// <summary>Projection of the vectors.</summary>
    public Constraint? EmbeddingsConstraint { get; init; }

    /// <summary>Whether id 0 means "nothing here": it is masked for the layers that follow.</summary>
    public bool MaskZero { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(InputDim, 1, nameof(InputDim));
        RequireAtLeast(OutputDim, 1, nameof(OutputDim));
    }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights) =>
        weights.Add("embeddings", [InputDim, OutputDim], EmbeddingsInitializer, EmbeddingsRegularizer, EmbeddingsConstraint);

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call)
    {
        var op = call.Operators;
        var ids = call.Inputs[0].Value;
        var output = op.Gather(call.Weights["embeddings"], op.DTypeOf(ids).IsInteger() ? ids : op.Cast(ids, Tensors.DType.Int32));
        (this as IActivityRegularized).AddPenalty(call, output);
        return [new Masked<T>(output, MaskZero ? op.Binary(BinaryOperator.NotEqual, ids, op.Scalar(0, ids)) : null)];
    }
}
