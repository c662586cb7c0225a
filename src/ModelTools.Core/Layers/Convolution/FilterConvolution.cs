using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>A convolution with one kernel that makes a number of filters.</summary>
public abstract record FilterConvolution : ConvolutionBase
{
    private protected FilterConvolution(int axes, int filters, IntegerList kernelSize)
        : base(axes, kernelSize)
    {
        Filters = filters;
    }

    /// <summary>Number of output channels.</summary>
    public int Filters { get; init; }

    /// <summary>Makes the kernel.</summary>
    public Initializer KernelInitializer { get; init; } = new GlorotUniform();

    /// <summary>Penalty on the kernel.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>Projection of the kernel.</summary>
    public Constraint? KernelConstraint { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(Filters, 1, nameof(Filters));
        base.Validate();
    }
}
