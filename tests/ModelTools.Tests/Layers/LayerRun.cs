using System.Collections.Immutable;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Torch;
using ModelTools.Torch.Operators;
using TorchSharp;

namespace ModelTools.Tests.Layers;

/// <summary>A layer, built, given its weights, and called once with the engine.</summary>
internal sealed class LayerRun : IDisposable
{
    private readonly TorchOperators _op = new();
    private readonly VariableStore _variables = new();

    /// <summary>Builds and calls a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">Inputs, with the mask that each carries.</param>
    /// <param name="keywords">Names of the arguments, null for positional ones.</param>
    /// <param name="weightOf">The value of a weight, given its place in Keras's order.</param>
    /// <param name="context">The pass.</param>
    /// <param name="arguments">Other arguments.</param>
    public LayerRun(Layer layer, IReadOnlyList<(Tensor Value, Tensor? Mask)> inputs, IReadOnlyList<string?> keywords, Func<Variable, int, Tensor> weightOf, CallContext<torch.Tensor> context, IEnumerable<KeyValuePair<string, string>>? arguments = null)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        layer.Validate();
        var builder = new WeightBuilder(layer, layer.Name, layer.Name);
        layer.Build([.. Shapes(null), .. layer.BuildArguments.SelectMany(Shapes)], builder);
        Variables = [.. builder.Scope.InKerasOrder.Where(variable => variable.Name != "count")];
        for (var i = 0; i < Variables.Count; i++)
        {
            Variables[i].Value = weightOf(Variables[i], i);
        }

        var given = inputs.Select(input => new Masked<torch.Tensor>(_op.Constant(input.Value), input.Mask is { } mask ? _op.Constant(mask) : null));
        var call = new LayerCall<torch.Tensor>(_op, [.. given], keywords, new LayerWeights<torch.Tensor>(_op, _variables, builder.Scope), context, context.Training)
        {
            Arguments = ImmutableSortedDictionary.CreateRange(arguments ?? []),
        };
        Outputs = [.. layer.Call(call).Select(output => TorchMemory.Download(output.Value))];
        _variables.ApplyUpdates();
        _variables.WriteBack();

        IEnumerable<Shape> Shapes(string? keyword) => inputs.Where((_, i) => keywords[i] == keyword).Select(input => input.Value.Shape);
    }

    public IReadOnlyList<Variable> Variables { get; }

    public IReadOnlyList<Tensor> Outputs { get; }

    public static LayerRun Of(LayerCase item, KerasDialect dialect, bool? training = null)
    {
        var context = new CallContext<torch.Tensor> { Training = training ?? item.Training, Dialect = dialect };
        var arguments = item.Options.TryGetProperty("call", out var call) ? call.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetRawText()) : [];
        return new LayerRun(item.Layer(dialect), [.. item.InputShapes.Select((_, i) => (item.Input(i), item.Mask(i)))], item.Keywords, LayerCase.Weight, context, arguments);
    }

    public void Dispose()
    {
        _variables.Dispose();
        _op.Dispose();
    }
}
