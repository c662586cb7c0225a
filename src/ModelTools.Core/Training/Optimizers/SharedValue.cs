using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>A number that an optimizer keeps for all variables together.</summary>
/// <param name="Name">Keras 3's name of the variable.</param>
/// <param name="LegacyName">Name in tf.keras up to 2.10; null where it is not stored.</param>
/// <param name="InitialValue">Value before the first step.</param>
public sealed record SharedValue(string Name, string? LegacyName, double InitialValue)
{
    /// <summary>Type in which files keep it.</summary>
    public DType DType { get; init; } = DType.Float32;
}
