namespace ModelTools.Torch.Training;

/// <summary>A figure under the name that Keras's logs give it, such as <c>val_loss</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Values">The figure: one number for most metrics, several for those that count per class or threshold.</param>
public sealed record Measurement(string Name, IReadOnlyList<double> Values)
{
    /// <summary>The figure: one number for most metrics, several for those that count per class or threshold.</summary>
    public IReadOnlyList<double> Values { get; } = Values.ToArray();

    /// <summary>The number, or the mean of several.</summary>
    public double Value => Values.Average();

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name} {Value:0.######}");

    /// <summary>The same figure of the validation data.</summary>
    internal Measurement Validation() => this with { Name = $"val_{Name}" };
}
