using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Applies a layer to each step of sequences. Keras: <c>keras.layers.TimeDistributed</c>.</summary>
/// <remarks>Input [batch, time, …], output [batch, time, …]: the steps are computed as one batch.</remarks>
/// <param name="Layer">The layer.</param>
public sealed record TimeDistributed(Layer Layer) : Layer
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool DependsOnTraining => Layer.DependsOnTraining;

    /// <inheritdoc/>
    internal override IReadOnlyList<Layer> Parts => [Layer];

    /// <inheritdoc/>
    public override void Validate() => Layer.Validate();

    /// <inheritdoc/>
    internal override Layer WithParts(IReadOnlyList<Layer> parts) => this with { Layer = parts[0] };

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        RequireRank(inputs[0], 3);
        Layer.Build([.. inputs.Select(StepOf)], weights.Child(Layer, "layer", null));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call)
    {
        var op = call.Operators;
        var input = call.Inputs[0];
        var (batch, time) = (op.DimensionOf(input.Value, 0), op.DimensionOf(input.Value, 1));
        var steps = call with
        {
            Inputs = [.. call.Inputs.Select(sequence => new Masked<T>(Join(sequence.Value), sequence.Mask is { } mask && op.RankOf(mask) > 2 ? Join(mask) : null))],
            Weights = call.Weights.Child("layer"),
        };
        return [.. Layer.Call(steps).Select(output => new Masked<T>(Part(output.Value), input.Mask))];

        T Join(T x)
        {
            var sizes = op.DimensionsOf(x);
            return op.Reshape(x, [batch.IsKnown && time.IsKnown ? batch.Known * time.Known : -1, .. sizes[2..]]);
        }

        T Part(T x) => op.Reshape(x, [batch, time, .. op.DimensionsOf(x)[1..]]);
    }

    private static Shape StepOf(Shape sequence) => [sequence[0], .. sequence.Skip(2)];
}
