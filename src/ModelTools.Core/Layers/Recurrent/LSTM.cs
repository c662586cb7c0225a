namespace ModelTools.Layers;

/// <summary>Long short-term memory. Keras: <c>keras.layers.LSTM</c>.</summary>
/// <remarks>Input [batch, time, features], output [batch, units] or the outputs of all steps [batch, time, units].</remarks>
/// <param name="Units">Size of the output and of the states.</param>
public sealed record LSTM(int Units) : RecurrentSequence(Units)
{
    /// <summary>Applied to the gates.</summary>
    public ActivationFunction RecurrentActivation { get; init; } = Activations.Sigmoid;

    /// <summary>Whether the bias of the forget gate begins at 1.</summary>
    public bool UnitForgetBias { get; init; } = true;

    private protected override Recurrence Maths => new LstmRecurrence(this, RecurrentActivation, UnitForgetBias);
}
