namespace ModelTools.Validation;

/// <summary>One difference between two models.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Part">What differs.</param>
/// <param name="Location">The layer, weight, input or option.</param>
/// <param name="Reference">What the first model has; null if it lacks it.</param>
/// <param name="Difference">What the second model has; null if it lacks it.</param>
/// <param name="Message">The difference as a sentence.</param>
public sealed record ModelDifference(DifferenceKind Kind, DifferencePart Part, string Location, string? Reference, string? Difference, string Message)
{
    /// <summary>For instance <c>Breaking: The layer 'dense' is missing.</c></summary>
    public override string ToString() => $"{Kind}: {Message}";
}
