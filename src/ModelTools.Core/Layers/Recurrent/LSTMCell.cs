namespace ModelTools.Layers;

/// <summary>One step of a <see cref="LSTM"/>. Keras: <c>keras.layers.LSTMCell</c>.</summary>
/// <param name="Units">Size of the output and of the states.</param>
public sealed record LSTMCell(int Units) : RecurrentCell(Units)
{
    /// <summary>Applied to the gates.</summary>
    public ActivationFunction RecurrentActivation { get; init; } = Activations.Sigmoid;

    /// <summary>Whether the bias of the forget gate begins at 1.</summary>
    public bool UnitForgetBias { get; init; } = true;

    private protected override Recurrence Maths => new LstmRecurrence(this, RecurrentActivation, UnitForgetBias);
}
