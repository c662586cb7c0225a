using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Models;

/// <summary>Takes tensors through a model, with any implementation of the operators.</summary>
public static class ModelRunner
{
    /// <summary>Runs a built model.</summary>
    /// <typeparam name="T">The implementation's tensor.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="op">The vocabulary.</param>
    /// <param name="access">The way to the variables.</param>
    /// <param name="inputs">The inputs, in the order of <see cref="Model.Inputs"/>.</param>
    /// <param name="context">The pass.</param>
    /// <returns>The outputs, in the order of <see cref="Model.Outputs"/>.</returns>
    public static IReadOnlyList<Masked<T>> Run<T>(Model model, IOperators<T> op, IVariableAccess<T> access, IReadOnlyList<Masked<T>> inputs, CallContext<T> context)
        where T : class =>
        Run(model, op, layer => new LayerWeights<T>(op, access, layer.Weights!), inputs, context);

    internal static IReadOnlyList<Masked<T>> Run<T>(Model model, IOperators<T> op, Func<ModelLayer, LayerWeights<T>> weights, IReadOnlyList<Masked<T>> inputs, CallContext<T> context)
        where T : class
    {
        var values = new Dictionary<LayerCallNode, IReadOnlyList<Masked<T>>>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < model.Inputs.Count; i++)
        {
            values[model.Inputs[i].Call] = [inputs[i]];
        }

        foreach (var node in model.Nodes)
        {
            if (!values.ContainsKey(node))
            {
                var given = new Masked<T>[node.Inputs.Count];
                for (var i = 0; i < given.Length; i++)
                {
                    given[i] = values[node.Inputs[i].Call][node.Inputs[i].Index];
                }

                values[node] = Call(node, op, given, weights(node.Layer), context);
            }
        }

        return [.. model.Outputs.Select(output => values[output.Call][output.Index])];
    }

    internal static IReadOnlyList<Masked<T>> Call<T>(LayerCallNode node, IOperators<T> op, IReadOnlyList<Masked<T>> inputs, LayerWeights<T> weights, CallContext<T> context)
        where T : class
    {
        var layer = node.Layer.Layer;
        if (node.HasConstants && layer is not UnknownLayer)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedOption, $"The layer {layer.Name} ({layer.ClassName}) is called with a constant in place of a tensor, which cannot be run.") { Location = layer.Name };
        }

        return layer.Call(new LayerCall<T>(op, AutoCast(layer, op, inputs), node.Keywords, weights, context, TrainingOf(node, context))
        {
            Arguments = node.Arguments,
        });
    }

    // In Keras 3 the pass's mode wins over an argument in the graph; in Keras 2 the argument does.
    private static bool TrainingOf<T>(LayerCallNode node, CallContext<T> context)
        where T : class => context.Dialect is KerasDialect.Keras3 ? context.Training : node.Training ?? context.Training;

    // Keras casts floating inputs to the layer's compute type; integers and the inputs of models stay as they are.
    private static IReadOnlyList<Masked<T>> AutoCast<T>(Layer layer, IOperators<T> op, IReadOnlyList<Masked<T>> inputs)
        where T : class
    {
        var compute = layer.DType.ComputeDType;
        if (layer is NestedModel or InputLayer || !compute.IsFloating() || inputs.All(input => !NeedsCast(input)))
        {
            return inputs;
        }

        return [.. inputs.Select(input => NeedsCast(input) ? input with { Value = op.Cast(input.Value, compute) } : input)];

        bool NeedsCast(Masked<T> input) => op.DTypeOf(input.Value).IsFloating() && op.DTypeOf(input.Value) != compute;
    }
}
