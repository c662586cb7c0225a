using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Masks the steps in which every feature has a given value, and makes them zero. Keras: <c>keras.layers.Masking</c>.</summary>
/// <remarks>Input and output [batch, time, …, features].</remarks>
public sealed record Masking : Layer
{
    /// <summary>The value that means "nothing here".</summary>
    public double MaskValue { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call)
    {
        var op = call.Operators;
        var input = call.Inputs[0].Value;
        var differs = op.Binary(BinaryOperator.NotEqual, input, op.Scalar(MaskValue, input));
        var output = op.Multiply(input, op.Cast(op.Reduce(Reduction.Any, differs, [-1], true), op.DTypeOf(input)));
        return [new Masked<T>(output, op.Reduce(Reduction.Any, differs, [-1]))];
    }
}
