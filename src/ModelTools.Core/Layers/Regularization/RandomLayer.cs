using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A layer that disturbs its input in training and gives it unchanged otherwise.</summary>
public abstract record RandomLayer : TensorLayer
{
    /// <summary>Seed of the random numbers; null for others each time.</summary>
    public int? Seed { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool DependsOnTraining => true;

    /// <summary>True if the options ask for any disturbance.</summary>
    private protected abstract bool IsActive { get; }

    /// <inheritdoc/>
    protected sealed override T Call<T>(IOperators<T> op, T input, LayerCall<T> call) => call.Training && IsActive ? Disturb(op, input) : input;

    /// <summary>The input as training sees it.</summary>
    private protected abstract T Disturb<T>(IOperators<T> op, T input)
        where T : class;
}
