namespace ModelTools.Layers;

/// <summary>A random layer that drops a part of the elements, or disturbs them as much as if it did.</summary>
public abstract record RateLayer : RandomLayer
{
    private protected RateLayer(double rate)
    {
        Rate = rate;
    }

    /// <summary>The part that is dropped, at least 0 and less than 1.</summary>
    public double Rate { get; init; }

    private protected override bool IsActive => Rate > 0;

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Rate != 1)
        {
            RequireFraction(Rate, nameof(Rate));
        }
    }
}
