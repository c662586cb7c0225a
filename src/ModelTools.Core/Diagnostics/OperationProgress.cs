namespace ModelTools.Diagnostics;

/// <summary>How far a long operation is.</summary>
/// <param name="Status">What is being done, such as a file's or a layer's name.</param>
/// <param name="Done">Units done: bytes when reading and writing, steps when training.</param>
/// <param name="Total">Units in all; 0 if that is not known.</param>
public readonly record struct OperationProgress(string Status, long Done, long Total)
{
    /// <summary>The part that is done, 0 to 100; null if that is not known.</summary>
    public double? Percent => Total > 0 ? Math.Clamp(100.0 * Done / Total, 0, 100) : null;
}
