using ModelTools.Diagnostics;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>An activation layer that stands in for a function, as in <c>Dense(8, activation=LeakyReLU())</c>.</summary>
/// <param name="Layer">A layer from one tensor to one tensor, without weights.</param>
public sealed record LayerActivation(Layer Layer) : ActivationFunction
{
    /// <summary>The layer's class in snake case, such as <c>leaky_re_lu</c>.</summary>
    public override string Name => Objects.SnakeCase.Of(Layer.ClassName);

    /// <inheritdoc/>
    /// <exception cref="ModelToolsException">MT4002: the layer has weights, which have no place in this one.</exception>
    public override T Apply<T>(IOperators<T> op, T x)
    {
        var weights = new WeightBuilder(Layer, Layer.Name, Layer.Name);
        Layer.Build([op.ShapeOf(x)], weights);
        if (weights.Scope.All.Any())
        {
            throw new ModelToolsException(ErrorCode.UnsupportedOption, $"The activation {Layer.ClassName} has weights of its own; make it a layer of the model instead.") { Location = Layer.Name };
        }

        var scope = new LayerWeights<T>(op, NoVariables<T>.Instance, weights.Scope);
        return Layer.Call(new LayerCall<T>(op, [new Masked<T>(x)], [], scope, new CallContext<T>(), false))[0].Value;
    }

    private sealed class NoVariables<T> : IVariableAccess<T>
        where T : class
    {
        public static NoVariables<T> Instance { get; } = new();

        public T Read(Variable variable) => throw new InvalidOperationException("An activation has no weights.");

        public void Update(Variable variable, T value) => throw new InvalidOperationException("An activation has no weights.");

        public void Assign(Variable variable, T value) => throw new InvalidOperationException("An activation has no weights.");
    }
}
