using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>One variable in the flat list that a file keeps of an optimizer.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name in a legacy HDF5 file's <c>weight_names</c>, with <c>:0</c> in Keras 2.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="DType">Its type.</param>
public sealed record OptimizerEntry(OptimizerEntryKind Kind, string Name, Shape Shape, DType DType)
{
    /// <summary>Place of the variable, for slots.</summary>
    public int Variable { get; init; }

    /// <summary>Place in <see cref="Optimizer.Slots"/> or <see cref="Optimizer.Shared"/>.</summary>
    public int Index { get; init; }
}
