using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Rectifier with a threshold, a slope below it and a ceiling. Keras: <c>keras.layers.ReLU</c>.</summary>
/// <remarks>x from the threshold on, limited by the ceiling; slope · (x - threshold) below it.</remarks>
public sealed record ReLU : TensorLayer
{
    /// <summary>The ceiling, or null for none.</summary>
    public double? MaxValue { get; init; }

    /// <summary>Slope below the threshold.</summary>
    public double NegativeSlope { get; init; }

    /// <summary>Where the rectifier begins.</summary>
    public double Threshold { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    public override void Validate()
    {
        if (MaxValue is < 0 || NegativeSlope < 0 || Threshold < 0)
        {
            throw InvalidOption($"takes no negative {nameof(MaxValue)}, {nameof(NegativeSlope)} or {nameof(Threshold)}.");
        }
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var positive = Threshold == 0 ? op.Relu(input) : AboveThreshold(op, input);
        var limited = MaxValue is { } ceiling ? op.Minimum(positive, ceiling) : positive;
        return NegativeSlope == 0 ? limited : op.Subtract(limited, op.Multiply(op.Relu(op.SubtractFrom(Threshold, input)), NegativeSlope));
    }

    private T AboveThreshold<T>(IOperators<T> op, T input)
        where T : class => op.Select(op.Binary(BinaryOperator.Greater, input, op.Scalar(Threshold, input)), input, op.Scalar(0, input));
}
