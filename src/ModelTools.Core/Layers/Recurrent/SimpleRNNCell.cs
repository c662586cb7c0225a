namespace ModelTools.Layers;

/// <summary>One step of a <see cref="SimpleRNN"/>. Keras: <c>keras.layers.SimpleRNNCell</c>.</summary>
/// <param name="Units">Size of the output and of the state.</param>
public sealed record SimpleRNNCell(int Units) : RecurrentCell(Units)
{
    private protected override Recurrence Maths => new SimpleRecurrence(this);
}
