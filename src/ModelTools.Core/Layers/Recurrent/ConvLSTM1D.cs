using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Long short-term memory over sequences of sequences, with convolutions.</summary>
/// <remarks>Input [batch, time, length, channels]. Keras: <c>keras.layers.ConvLSTM1D</c>.</remarks>
/// <param name="Filters">Number of output channels.</param>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
public sealed record ConvLSTM1D(int Filters, IntegerList KernelSize) : ConvolutionalLstm(1, Filters, KernelSize);
