namespace ModelTools.Layers;

/// <summary>Flips images. Keras: <c>keras.layers.RandomFlip</c>.</summary>
/// <param name="Mode"><c>horizontal</c>, <c>vertical</c> or <c>horizontal_and_vertical</c>.</param>
public sealed record RandomFlip(string Mode = "horizontal_and_vertical") : ImageAugmentation;
