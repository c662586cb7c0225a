using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Takes a cell of units through sequences.</summary>
/// <remarks>Inputs: the sequence, and the first states by position or as <c>initial_state</c>. Outputs: the output, then the states if asked for.</remarks>
public abstract record RecurrentSequence : RecurrentUnits, ISequenceLayer, IActivityRegularized
{
    private protected RecurrentSequence(int units)
        : base(units)
    {
    }

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
    public Regularizer? ActivityRegularizer { get; init; }

    /// <summary>Rank of the sequence.</summary>
    private protected virtual int SequenceRank => 3;

    /// <summary>The cell's part in the names of the weights, or null for none.</summary>
    private protected virtual string? CellName => SnakeCase.Of(ClassName) + "_cell";

    Recurrence ISequenceLayer.Recurrence => Maths;

    Layer ISequenceLayer.Reversed() => this with { GoBackwards = !GoBackwards };

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        RequireRank(inputs[0], SequenceRank, SequenceRank);
        Maths.Build(FeaturesOf(inputs[0]), weights.Child(this, "cell", CellName));
    }

    /// <summary>Size of a step's input along the axis that the kernel sums over.</summary>
    private protected virtual long FeaturesOf(Shape sequence) => sequence[^1];

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call) => new SequenceCall<T>(this, this, call).Run();
}
