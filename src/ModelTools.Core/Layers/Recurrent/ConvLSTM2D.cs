using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Long short-term memory over sequences of images, with convolutions.</summary>
/// <remarks>Input [batch, time, height, width, channels]. Keras: <c>keras.layers.ConvLSTM2D</c>.</remarks>
/// <param name="Filters">Number of output channels.</param>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
public sealed record ConvLSTM2D(int Filters, IntegerList KernelSize) : ConvolutionalLstm(2, Filters, KernelSize);
