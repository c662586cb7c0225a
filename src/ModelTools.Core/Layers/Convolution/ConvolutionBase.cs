using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>What all convolutions have: a window, a bias, an activation.</summary>
public abstract record ConvolutionBase : SpatialLayer, IActivityRegularized
{
    private protected ConvolutionBase(int axes, IntegerList kernelSize)
        : base(axes)
    {
        KernelSize = kernelSize;
        Strides = 1;
        DilationRate = 1;
    }

    /// <summary>The window's size: one number, or one per spatial axis.</summary>
    public IntegerList KernelSize
    {
        get;
        init => field = value.Spread(SpatialAxes);
    }

    /// <summary>The window's step: one number, or one per spatial axis.</summary>
    public IntegerList Strides
    {
        get;
        init => field = value.Spread(SpatialAxes);
    }

    /// <summary>Treatment of the border; <see cref="Operators.Padding.Causal"/> for one spatial axis only.</summary>
    public Padding Padding { get; init; }

    /// <summary>Distance of the window's elements: one number, or one per spatial axis.</summary>
    public virtual IntegerList DilationRate
    {
        get;
        init => field = value.Spread(SpatialAxes);
    }

    /// <summary>Applied to the output.</summary>
    public ActivationFunction Activation { get; init; } = Activations.Linear;

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>Makes the bias.</summary>
    public Initializer BiasInitializer { get; init; } = new Zeros();

    /// <summary>Penalty on the bias.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <inheritdoc/>
    public Regularizer? ActivityRegularizer { get; init; }

    /// <summary>Projection of the bias.</summary>
    public Constraint? BiasConstraint { get; init; }

    /// <summary>The window of the operators.</summary>
    private protected Window Window => new(KernelSize, Strides, Padding, DilationRate);

    /// <inheritdoc/>
    public override void Validate()
    {
        RequirePerAxis(KernelSize, SpatialAxes, 1, nameof(KernelSize));
        RequirePerAxis(Strides, SpatialAxes, 1, nameof(Strides));
        RequirePerAxis(DilationRate, SpatialAxes, 1, nameof(DilationRate));
        if (Padding is Padding.Causal && !(AllowsCausal && DataFormat is DataFormat.ChannelsLast))
        {
            throw InvalidOption("cannot have causal padding: it is for one spatial axis with the channels last.");
        }

        if (Strides.Any(stride => stride > 1) && DilationRate.Any(rate => rate > 1))
        {
            throw InvalidOption($"cannot have both {nameof(Strides)} and {nameof(DilationRate)} above 1.");
        }
    }

    /// <summary>True for the one convolution that may look at the past only.</summary>
    private protected virtual bool AllowsCausal => false;

    /// <summary>The number of input channels.</summary>
    private protected long ChannelsOf(Shape input)
    {
        RequireRank(input, SpatialAxes + 2, SpatialAxes + 2);
        return input[ChannelAxis] is >= 0 and var channels ? channels : throw UnfitInput($"needs a known number of channels; its input has shape {input}.");
    }

    private protected void AddBias(WeightBuilder weights, long channels)
    {
        if (UseBias)
        {
            weights.Add("bias", [channels], BiasInitializer, BiasRegularizer, BiasConstraint);
        }
    }

    /// <inheritdoc/>
    protected sealed override T CallChannelsLast<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var output = Convolve(op, input, call.Weights);
        return UseBias ? op.BiasAdd(output, call.Weights["bias"]) : output;
    }

    /// <inheritdoc/>
    protected sealed override T Finish<T>(IOperators<T> op, T output) => Activation.Apply(op, output);

    /// <summary>The convolution itself, channels last.</summary>
    private protected abstract T Convolve<T>(IOperators<T> op, T input, LayerWeights<T> weights)
        where T : class;
}
