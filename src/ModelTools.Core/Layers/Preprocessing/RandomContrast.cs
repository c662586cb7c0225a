using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Changes the contrast. Keras: <c>keras.layers.RandomContrast</c>.</summary>
/// <param name="Factor">How much at most, or the bounds.</param>
public sealed record RandomContrast(NumberList Factor) : ImageAugmentation;
