using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>A dense layer over any axes, by Einstein summation. Keras: <c>keras.layers.EinsumDense</c>.</summary>
/// <param name="Equation">Such as <c>abc,cd-&gt;abd</c>: the input, the kernel, the output.</param>
/// <param name="OutputShape">The output's shape without the batch; open where it follows from the input.</param>
public sealed record EinsumDense(string Equation, Shape OutputShape) : TensorLayer, IActivityRegularized
{
    /// <summary>Applied to the output.</summary>
    public ActivationFunction Activation { get; init; } = Activations.Linear;

    /// <summary>Letters of the output's axes along which the bias varies; null for no bias.</summary>
    public string? BiasAxes { get; init; }

    /// <summary>Makes the kernel.</summary>
    public Initializer KernelInitializer { get; init; } = new GlorotUniform();

    /// <summary>Makes the bias.</summary>
    public Initializer BiasInitializer { get; init; } = new Zeros();

    /// <summary>Penalty on the kernel.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>Penalty on the bias.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <inheritdoc/>
    public Regularizer? ActivityRegularizer { get; init; }

    /// <summary>Projection of the kernel.</summary>
    public Constraint? KernelConstraint { get; init; }

    /// <summary>Projection of the bias.</summary>
    public Constraint? BiasConstraint { get; init; }

    /// <inheritdoc/>
    public override void Validate() => _ = EinsumTerms.Of(Equation) ?? throw InvalidOption($"cannot have {nameof(Equation)} = '{Equation}': it must read like 'abc,cd->abd'.");

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        var terms = EinsumTerms.Of(Equation) ?? throw InvalidOption($"cannot have {nameof(Equation)} = '{Equation}'.");
        var sizes = terms.SizesOf(inputs[0], OutputShape) ?? throw UnfitInput($"cannot take inputs of shape {inputs[0]} with {nameof(Equation)} = '{Equation}' and {nameof(OutputShape)} = {OutputShape}.");
        weights.Add("kernel", [.. terms.Kernel.Select(letter => sizes.GetValueOrDefault(letter, Shape.Unknown))], KernelInitializer, KernelRegularizer, KernelConstraint);
        if (BiasAxes is { Length: > 0 } axes)
        {
            var output = terms.Output.Replace("...", "", StringComparison.Ordinal);
            var bias = output.Select(letter => axes.Contains(letter, StringComparison.Ordinal) ? sizes[letter] : 1);
            weights.Add("bias", [.. bias.Skip(output.IndexOfAny([.. axes]))], BiasInitializer, BiasRegularizer, BiasConstraint);
        }
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var output = op.Einsum(Equation, input, call.Weights["kernel"]);
        return Activation.Apply(op, BiasAxes is { Length: > 0 } ? op.Add(output, call.Weights["bias"]) : output);
    }
}
