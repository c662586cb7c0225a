using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>What recurrent layers of units and their cells have in common.</summary>
public abstract record RecurrentUnits : Layer
{
    private protected RecurrentUnits(int units)
    {
        Units = units;
    }

    /// <summary>Size of the output and of each state.</summary>
    public virtual int Units { get; init; }

    /// <summary>Applied to what is new in a step.</summary>
    public ActivationFunction Activation { get; init; } = Activations.Tanh;

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>Makes the kernel of the inputs.</summary>
    public Initializer KernelInitializer { get; init; } = new GlorotUniform();

    /// <summary>Makes the kernel of the states.</summary>
    public Initializer RecurrentInitializer { get; init; } = new Orthogonal();

    /// <summary>Makes the bias.</summary>
    public Initializer BiasInitializer { get; init; } = new Zeros();

    /// <summary>Penalty on the kernel of the inputs.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>Penalty on the kernel of the states.</summary>
    public Regularizer? RecurrentRegularizer { get; init; }

    /// <summary>Penalty on the bias.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>Projection of the kernel of the inputs.</summary>
    public Constraint? KernelConstraint { get; init; }

    /// <summary>Projection of the kernel of the states.</summary>
    public Constraint? RecurrentConstraint { get; init; }

    /// <summary>Projection of the bias.</summary>
    public Constraint? BiasConstraint { get; init; }

    /// <summary>The part of the inputs that is dropped in training, the same in all steps.</summary>
    public double Dropout { get; init; }

    /// <summary>The part of the states that is dropped in training, the same in all steps.</summary>
    public double RecurrentDropout { get; init; }

    /// <summary>Seed of the dropout; null for other numbers each time.</summary>
    [ConfigWrite(Keras2 = false)]
    public virtual int? Seed { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool DependsOnTraining => Dropout > 0 || RecurrentDropout > 0;

    /// <summary>The maths with these options.</summary>
    private protected abstract Recurrence Maths { get; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(Units, 1, nameof(Units));
        RequireFraction(Dropout, nameof(Dropout));
        RequireFraction(RecurrentDropout, nameof(RecurrentDropout));
    }
}
