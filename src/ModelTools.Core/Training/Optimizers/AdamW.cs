namespace ModelTools.Training;

/// <summary>Adam with decoupled weight decay (arXiv:1711.05101). Keras: <c>keras.optimizers.AdamW</c>.</summary>
public sealed record AdamW : Adam
{
    /// <inheritdoc/>
    public override double? WeightDecay { get; init; } = 0.004;
}
