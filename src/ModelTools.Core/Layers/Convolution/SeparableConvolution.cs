using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Convolves each channel by itself, then mixes the channels point by point. Keras: <c>BaseSeparableConv</c>.</summary>
public abstract record SeparableConvolution : DepthwiseBase
{
    private protected SeparableConvolution(int axes, int filters, IntegerList kernelSize)
        : base(axes, kernelSize)
    {
        Filters = filters;
    }

    /// <summary>Number of output channels.</summary>
    public int Filters { get; init; }

    /// <summary>Makes the kernel that mixes the channels.</summary>
    public Initializer PointwiseInitializer { get; init; } = new GlorotUniform();

    /// <summary>Penalty on the kernel that mixes the channels.</summary>
    public Regularizer? PointwiseRegularizer { get; init; }

    /// <summary>Projection of the kernel that mixes the channels.</summary>
    public Constraint? PointwiseConstraint { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(Filters, 1, nameof(Filters));
        base.Validate();
    }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        var channels = AddDepthwiseKernel(weights, inputs[0]);
        weights.Add("pointwise_kernel", [.. Points.Select(size => (long)size), channels, Filters], PointwiseInitializer, PointwiseRegularizer, PointwiseConstraint);
        AddBias(weights, Filters);
    }

    private protected override T Convolve<T>(IOperators<T> op, T input, LayerWeights<T> weights)
    {
        var channels = op.DepthwiseConvolution(input, weights["depthwise_kernel"], Window);
        return op.Convolution(channels, weights["pointwise_kernel"], new Window(Points, Points, Padding.Valid, Points));
    }

    private int[] Points => [.. Enumerable.Repeat(1, SpatialAxes)];
}
