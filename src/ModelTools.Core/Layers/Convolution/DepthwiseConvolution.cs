using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Convolves each channel by itself; output channel = channel · multiplier + m. Keras: <c>BaseDepthwiseConv</c>.</summary>
public abstract record DepthwiseConvolution : DepthwiseBase
{
    private protected DepthwiseConvolution(int axes, IntegerList kernelSize)
        : base(axes, kernelSize)
    {
    }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights) => AddBias(weights, AddDepthwiseKernel(weights, inputs[0]));

    private protected override T Convolve<T>(IOperators<T> op, T input, LayerWeights<T> weights) => op.DepthwiseConvolution(input, weights["depthwise_kernel"], Window);
}
