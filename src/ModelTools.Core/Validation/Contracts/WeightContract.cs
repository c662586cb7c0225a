using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>What a lock holds of a weight.</summary>
/// <param name="Path">Layer and role, such as <c>dense/kernel</c>.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="Digest">Digest of type, shape and numbers: <c>sha256:…</c>.</param>
public sealed record WeightContract(string Path, DType DType, Shape Shape, string Digest);
