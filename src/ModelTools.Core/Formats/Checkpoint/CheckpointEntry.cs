using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>A tensor that a checkpoint lists.</summary>
/// <param name="Name">Its key, such as <c>layer_with_weights-0/kernel/.ATTRIBUTES/VARIABLE_VALUE</c>, or a variable's name in TensorFlow 1.</param>
/// <param name="TypeName">TensorFlow's name of the element type, also of one that cannot be read.</param>
/// <param name="DType">Element type; null where the tensor cannot be read (quantized, float8, variant).</param>
/// <param name="Shape">Dimensions.</param>
public sealed record CheckpointEntry(string Name, string TypeName, DType? DType, Shape Shape);
