using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Densely connected layer: <c>activation(input · kernel + bias)</c>.</summary>
/// <remarks>Input [..., features], output [..., Units]. Keras: <c>keras.layers.Dense</c>.</remarks>
/// <param name="Units">Size of the output.</param>
public sealed record Dense(int Units) : TensorLayer, IActivityRegularized
{
    /// <summary>Applied to the output.</summary>
    public ActivationFunction Activation { get; init; } = Activations.Linear;

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>Makes the kernel.</summary>
    public Initializer KernelInitializer { get; init; } = new GlorotUniform();

    /// <summary>Makes the bias.</summary>
    public Initializer BiasInitializer { get; init; } = new Zeros();

    /// <summary>Penalty on the kernel.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>Penalty on the bias.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <inheritdoc/>
    [ConfigWrite(OnlyIfSet = true)]
    public Regularizer? ActivityRegularizer { get; init; }

    /// <summary>Projection of the kernel.</summary>
    public Constraint? KernelConstraint { get; init; }

    /// <summary>Projection of the bias.</summary>
    public Constraint? BiasConstraint { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    public override void Validate() => RequireAtLeast(Units, 1, nameof(Units));

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        RequireRank(inputs[0], 2);
        weights.Add("kernel", [inputs[0][^1], Units], KernelInitializer, KernelRegularizer, KernelConstraint);
        if (UseBias)
        {
            weights.Add("bias", [Units], BiasInitializer, BiasRegularizer, BiasConstraint);
        }
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call) =>
        Activation.Apply(op, op.Affine(input, call.Weights["kernel"], UseBias ? call.Weights["bias"] : null));
}
