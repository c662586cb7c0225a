using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>The way back through a convolution: enlarges by its strides. Keras: <c>BaseConvTranspose</c>.</summary>
public abstract record TransposedConvolution : FilterConvolution
{
    private protected TransposedConvolution(int axes, int filters, IntegerList kernelSize)
        : base(axes, filters, kernelSize)
    {
    }

    /// <summary>Extra length per spatial axis, less than the stride; null for Keras's default.</summary>
    [ConfigWrite(OnlyIfSet = true)]
    public IntegerList? OutputPadding
    {
        get;
        init => field = value?.Spread(SpatialAxes);
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (OutputPadding is { } padding)
        {
            RequirePerAxis(padding, SpatialAxes, 0, nameof(OutputPadding));
            if (padding.Zip(Strides).Any(pair => pair.First >= pair.Second))
            {
                throw InvalidOption($"cannot have {nameof(OutputPadding)} = {padding} with {nameof(Strides)} = {Strides}: it must be less.");
            }
        }
    }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        weights.Add("kernel", [.. KernelSize.AsLongs(), Filters, ChannelsOf(inputs[0])], KernelInitializer, KernelRegularizer, KernelConstraint);
        AddBias(weights, Filters);
    }

    private protected override T Convolve<T>(IOperators<T> op, T input, LayerWeights<T> weights) => op.ConvolutionTranspose(input, weights["kernel"], Window, OutputPadding);
}
