using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Gated recurrent units. Keras: <c>keras.layers.GRU</c>.</summary>
/// <remarks>Input [batch, time, features], output [batch, units] or the outputs of all steps [batch, time, units].</remarks>
/// <param name="Units">Size of the output and of the states.</param>
public sealed record GRU(int Units) : RecurrentSequence(Units)
{
    /// <summary>Applied to the gates.</summary>
    public ActivationFunction RecurrentActivation { get; init; } = Activations.Sigmoid;

    /// <summary>Whether the reset gate acts after the product of the state (Keras 2 and later) or before it (Keras 1; the bias then has one row).</summary>
    [AbsentMeans(false)]
    public bool ResetAfter { get; init; } = true;

    private protected override Recurrence Maths => new GruRecurrence(this, RecurrentActivation, ResetAfter);
}
