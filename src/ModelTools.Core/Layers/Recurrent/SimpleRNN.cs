using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Fully connected recurrent units: h' = activation(x·kernel + h·recurrent + bias). Keras: <c>keras.layers.SimpleRNN</c>.</summary>
/// <remarks>Input [batch, time, features], output [batch, units] or the outputs of all steps [batch, time, units].</remarks>
/// <param name="Units">Size of the output and of the state.</param>
public sealed record SimpleRNN(int Units) : RecurrentSequence(Units)
{
    /// <inheritdoc/>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public override int? Seed { get; init; }

    private protected override Recurrence Maths => new SimpleRecurrence(this);
}
