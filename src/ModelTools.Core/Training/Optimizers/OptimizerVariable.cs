using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>What an optimizer's state must know of a trainable variable.</summary>
/// <param name="Path">Its name in the generation at hand: Keras 3's path (<c>model/dense/kernel</c>), Keras 2's name (<c>dense/kernel</c>).</param>
/// <param name="Shape">Its shape.</param>
/// <param name="DType">Its type.</param>
public sealed record OptimizerVariable(string Path, Shape Shape, DType DType);
