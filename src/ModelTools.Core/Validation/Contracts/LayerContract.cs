using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>What a lock holds of a layer.</summary>
/// <param name="Name">The layer's name; for a layer of a model inside: <c>inner/dense</c>.</param>
/// <param name="ClassName">Keras's class name.</param>
/// <param name="OutputShape">Shape of its first output with the batch axis; null where it cannot be told.</param>
/// <param name="ConfigDigest">Digest of its options and of the calls that lead to it, the same in every container: <c>sha256:…</c>.</param>
public sealed record LayerContract(string Name, string ClassName, Shape? OutputShape, string ConfigDigest);
