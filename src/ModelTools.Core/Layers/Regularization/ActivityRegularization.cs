using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Penalises its input and gives it unchanged. Keras: <c>keras.layers.ActivityRegularization</c>.</summary>
public sealed record ActivityRegularization : TensorLayer, IActivityRegularized
{
    /// <summary>Weight of the absolute values.</summary>
    [ConfigKey("l1")]
    public double L1 { get; init; }

    /// <summary>Weight of the squares.</summary>
    [ConfigKey("l2")]
    public double L2 { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    [ConfigIgnore]
    public Regularizer ActivityRegularizer => new L1L2Regularizer { L1 = L1, L2 = L2 };

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call) => input;
}
