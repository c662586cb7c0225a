using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Takes a cell through sequences. Keras: <c>keras.layers.RNN</c>.</summary>
/// <remarks>Inputs and outputs as for <see cref="LSTM"/>.</remarks>
/// <param name="Cell">The cell, or <see cref="StackedRNNCells"/>.</param>
public sealed record RNN(Layer Cell) : Layer, ISequenceLayer
{
    /// <inheritdoc/>
    public bool ReturnSequences { get; init; }

    /// <inheritdoc/>
    public bool ReturnState { get; init; }

    /// <inheritdoc/>
    public bool GoBackwards { get; init; }

    /// <inheritdoc/>
    public bool Stateful { get; init; }

    /// <inheritdoc/>
    public bool Unroll { get; init; }

    /// <inheritdoc/>
    [ConfigWrite(OnlyIfSet = true)]
    public bool ZeroOutputForMask { get; init; }

    /// <inheritdoc/>
    [ConfigWrite(Keras3 = false)]
    public bool TimeMajor { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool DependsOnTraining => Cell.DependsOnTraining;

    Recurrence ISequenceLayer.Recurrence => CellMaths.Of(Cell);

    Layer ISequenceLayer.Reversed() => this with { GoBackwards = !GoBackwards };

    /// <inheritdoc/>
    internal override IReadOnlyList<Layer> Parts => [Cell];

    /// <inheritdoc/>
    public override void Validate() => Cell.Validate();

    /// <inheritdoc/>
    internal override Layer WithParts(IReadOnlyList<Layer> parts) => this with { Cell = parts[0] };

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        RequireRank(inputs[0], 3);
        Cell.Build([[inputs[0][0], .. inputs[0].Skip(2)]], weights.Child(Cell, "cell", CellMaths.ScopeNameOf(Cell)));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call) => new SequenceCall<T>(this, this, call).Run();
}
