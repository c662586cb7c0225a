using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Long short-term memory over sequences of volumes, with convolutions.</summary>
/// <remarks>Input [batch, time, depth, height, width, channels]. Keras: <c>keras.layers.ConvLSTM3D</c>.</remarks>
/// <param name="Filters">Number of output channels.</param>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
public sealed record ConvLSTM3D(int Filters, IntegerList KernelSize) : ConvolutionalLstm(3, Filters, KernelSize);
