using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>A convolution that treats each channel by itself first.</summary>
public abstract record DepthwiseBase : ConvolutionBase
{
    private protected DepthwiseBase(int axes, IntegerList kernelSize)
        : base(axes, kernelSize)
    {
    }

    /// <summary>Outputs per input channel.</summary>
    public int DepthMultiplier { get; init; } = 1;

    /// <summary>Makes the kernel of the channels.</summary>
    public Initializer DepthwiseInitializer { get; init; } = new GlorotUniform();

    /// <summary>Penalty on the kernel of the channels.</summary>
    public Regularizer? DepthwiseRegularizer { get; init; }

    /// <summary>Projection of the kernel of the channels.</summary>
    public Constraint? DepthwiseConstraint { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(DepthMultiplier, 1, nameof(DepthMultiplier));
        base.Validate();
    }

    /// <summary>Declares the kernel of the channels; gives the number of channels after it.</summary>
    private protected long AddDepthwiseKernel(WeightBuilder weights, Shape input)
    {
        var channels = ChannelsOf(input);
        weights.Add("depthwise_kernel", [.. KernelSize.AsLongs(), channels, DepthMultiplier], DepthwiseInitializer, DepthwiseRegularizer, DepthwiseConstraint);
        return channels * DepthMultiplier;
    }
}
