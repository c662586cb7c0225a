using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Long short-term memory whose products are convolutions. Keras: <c>keras.src.layers.rnn.conv_lstm.ConvLSTM</c>.</summary>
/// <remarks>Input [batch, time, spatial…, channels], output [batch, spatial…, filters] or the outputs of all steps [batch, time, spatial…, filters].</remarks>
public abstract record ConvolutionalLstm : RecurrentSequence
{
    private protected ConvolutionalLstm(int axes, int filters, IntegerList kernelSize)
        : base(filters)
    {
        SpatialAxes = axes;
        KernelSize = kernelSize;
        Strides = 1;
        DilationRate = 1;
    }

    /// <summary>Number of output channels.</summary>
    public int Filters
    {
        get => Units;
        init => Units = value;
    }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override int Units { get; init; }

    /// <summary>The window's size: one number, or one per spatial axis.</summary>
    public IntegerList KernelSize
    {
        get;
        init => field = value.Spread(SpatialAxes);
    }

    /// <summary>The window's step over the input: one number, or one per spatial axis.</summary>
    public IntegerList Strides
    {
        get;
        init => field = value.Spread(SpatialAxes);
    }

    /// <summary>Treatment of the input's border; the states keep their size.</summary>
    public Padding Padding { get; init; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; init; }

    /// <summary>Distance of the window's elements over the input: one number, or one per spatial axis.</summary>
    public IntegerList DilationRate
    {
        get;
        init => field = value.Spread(SpatialAxes);
    }

    /// <summary>Applied to the gates; Keras 2's own default is <c>hard_sigmoid</c>.</summary>
    public ActivationFunction RecurrentActivation { get; init; } = Activations.Sigmoid;

    /// <summary>Whether the bias of the forget gate begins at 1.</summary>
    public bool UnitForgetBias { get; init; } = true;

    private int SpatialAxes { get; }

    private protected override Recurrence Maths => new ConvolutionalRecurrence(this);

    private protected override int SequenceRank => SpatialAxes + 3;

    // Keras 2 adds nothing to the names of these weights.
    private protected override string? CellName => null;

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(Filters, 1, nameof(Filters));
        RequirePerAxis(KernelSize, SpatialAxes, 1, nameof(KernelSize));
        RequirePerAxis(Strides, SpatialAxes, 1, nameof(Strides));
        RequirePerAxis(DilationRate, SpatialAxes, 1, nameof(DilationRate));
        base.Validate();
        if (Padding is Padding.Causal)
        {
            throw InvalidOption("cannot have causal padding.");
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call)
    {
        if (call.Training && (Dropout > 0 || RecurrentDropout > 0))
        {
            throw Unsupported($"cannot be trained with {nameof(Dropout)} or {nameof(RecurrentDropout)}.");
        }

        if (DataFormat is DataFormat.ChannelsLast)
        {
            return base.Call(call);
        }

        var op = call.Operators;
        var outputs = base.Call(call with { Inputs = [.. call.Inputs.Select(input => input with { Value = ChannelsTo(op, input.Value, last: true) })] });
        return [.. outputs.Select(output => output with { Value = ChannelsTo(op, output.Value, last: false) })];
    }

    private protected override long FeaturesOf(Shape sequence) => sequence[DataFormat is DataFormat.ChannelsFirst ? 2 : sequence.Rank - 1];

    /// <summary>Moves the channels of a sequence, or of a state (which has no time), to the end or back; masks stay.</summary>
    private T ChannelsTo<T>(IOperators<T> op, T x, bool last)
        where T : class
    {
        var rank = op.RankOf(x);
        var first = rank - SpatialAxes - 1;
        int[] lead = [.. Enumerable.Range(0, Math.Max(first, 0))];
        return first < 1 ? x : op.Transpose(x, last
            ? [.. lead, .. Enumerable.Range(first + 1, SpatialAxes), first]
            : [.. lead, rank - 1, .. Enumerable.Range(first, SpatialAxes)]);
    }
}
