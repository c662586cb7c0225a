using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Slides filters over the input: <c>activation(input ⋆ kernel + bias)</c>. Keras: <c>BaseConv</c>.</summary>
public abstract record Convolution : FilterConvolution
{
    private protected Convolution(int axes, int filters, IntegerList kernelSize)
        : base(axes, filters, kernelSize)
    {
    }

    /// <summary>Parts into which input channels and filters are split; each filter sees its part only.</summary>
    public int Groups { get; init; } = 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireAtLeast(Groups, 1, nameof(Groups));
        if (Filters % Groups != 0)
        {
            throw InvalidOption($"cannot split {nameof(Filters)} = {Filters} into {nameof(Groups)} = {Groups}.");
        }
    }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        var channels = ChannelsOf(inputs[0]);
        if (channels % Groups != 0)
        {
            throw UnfitInput($"cannot split the {channels} channels of its input into {nameof(Groups)} = {Groups}.");
        }

        weights.Add("kernel", [.. KernelSize.AsLongs(), channels / Groups, Filters], KernelInitializer, KernelRegularizer, KernelConstraint);
        AddBias(weights, Filters);
    }

    private protected override T Convolve<T>(IOperators<T> op, T input, LayerWeights<T> weights) => op.Convolution(input, weights["kernel"], Window, Groups);
}
