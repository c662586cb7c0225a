using ModelTools.Formats.SavedModel.Graph;
using ModelTools.Formats.SavedModel.Objects;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Functions;

/// <summary>The functions of an exported model: the bodies, written once for inference and once for training, and thin ones around them.</summary>
internal sealed class ModelFunctions
{
    private readonly FunctionLibrary _library = new();
    private readonly Model _model;
    private readonly RecurrentLowering _lowering;
    private readonly IReadOnlyList<TensorSpec> _inputs;
    private readonly IReadOnlyList<string> _outputNames;

    /// <summary>Writes the functions of a built model.</summary>
    public ModelFunctions(Model model, RecurrentLowering lowering)
    {
        _model = model;
        _lowering = lowering;
        _inputs = model.InputSpecs;
        _outputNames = [.. model.OutputSpecs.Select(output => output.Name!)];

        var inference = Body("model", training: false);
        OutputSpecs = [.. _outputNames.Select(name => inference.Outputs[SortedOutputs.IndexOf(name)].Tensor.Spec with { Name = name })];
        var x = Structure(model.InputStructure, _inputs);
        var y = Structure(model.OutputStructure, OutputSpecs);

        Signature = new ConcreteFunction(
            Wrapper("signature_wrapper", inference, SortedInputs, SortedOutputs),
            StructuredValue.Tuple(StructuredValue.Tuple(), ByName(_inputs)),
            ByName(OutputSpecs));
        var training = model.AllLayers.Any(DependsOnTraining) ? Body("model_training", training: true) : inference;
        Call = [Callable(inference, false), Callable(training, true)];
        Serve = new ConcreteFunction(
            Wrapper("serve", inference, InputOrder(), OutputOrder()),
            StructuredValue.Tuple(StructuredValue.Tuple(x), StructuredValue.Dictionary([])),
            y);

        ConcreteFunction Callable(GraphFunction body, bool mode) => new(
            Wrapper("call", body, InputOrder(), OutputOrder()),
            StructuredValue.Tuple(StructuredValue.Tuple(x, StructuredValue.Of(mode), StructuredValue.None), StructuredValue.Dictionary([])),
            y);
    }

    /// <summary>All functions, bodies of loops included.</summary>
    public IReadOnlyList<GraphFunction> All => _library.Functions;

    /// <summary>The signature <c>serving_default</c>.</summary>
    public ConcreteFunction Signature { get; }

    /// <summary><c>__call__</c> for inference and for training.</summary>
    public IReadOnlyList<ConcreteFunction> Call { get; }

    /// <summary><c>serve</c>, which takes the inputs only.</summary>
    public ConcreteFunction Serve { get; }

    /// <summary>What Python passes to <see cref="Serve"/>.</summary>
    public StructuredValue InputSignature => StructuredValue.Tuple(Structure(_model.InputStructure, _inputs));

    /// <summary>Every function that Python can call.</summary>
    public IEnumerable<ConcreteFunction> Concrete => [Signature, .. Call, Serve];

    /// <summary>The outputs, in the model's order.</summary>
    public IReadOnlyList<TensorSpec> OutputSpecs { get; }

    /// <summary>Names of the inputs in the order of the signature: ordinal.</summary>
    public IReadOnlyList<string> SortedInputs => [.. _inputs.Select(input => input.Name!).Order(StringComparer.Ordinal)];

    private List<string> SortedOutputs => [.. _outputNames.Order(StringComparer.Ordinal)];

    private static bool DependsOnTraining(ModelLayer layer) =>
        layer.Layer.DependsOnTraining || (layer.NestedModel?.AllLayers.Any(DependsOnTraining) ?? false);

    private static StructuredValue ByName(IEnumerable<TensorSpec> specs) =>
        StructuredValue.Dictionary(specs.Select(spec => KeyValuePair.Create(spec.Name!, StructuredValue.Of(spec))));

    private static StructuredValue Structure(TensorStructure structure, IReadOnlyList<TensorSpec> specs) => structure.Kind switch
    {
        TensorStructureKind.Dictionary => StructuredValue.Dictionary(specs.Select((spec, index) => KeyValuePair.Create(structure.Keys[index], StructuredValue.Of(spec)))),
        TensorStructureKind.Single => StructuredValue.Of(specs[0]),
        _ => StructuredValue.List([.. specs.Select(StructuredValue.Of)]),
    };

    // TensorFlow flattens a dictionary by its sorted keys and a list in its own order.
    private IReadOnlyList<string> InputOrder() => Flattened(_model.InputStructure, [.. _inputs.Select(input => input.Name!)]);

    private IReadOnlyList<string> OutputOrder() => Flattened(_model.OutputStructure, _outputNames);

    private static IReadOnlyList<string> Flattened(TensorStructure structure, IReadOnlyList<string> names) => structure.Kind is TensorStructureKind.Dictionary
        ? [.. names.Zip(structure.Keys).OrderBy(pair => pair.Second, StringComparer.Ordinal).Select(pair => pair.First)]
        : names;

    private GraphFunction Body(string baseName, bool training)
    {
        var builder = _library.Begin(baseName);
        var op = new GraphOperators(builder, _lowering);
        var arguments = _inputs.OrderBy(input => input.Name, StringComparer.Ordinal).ToDictionary(input => input.Name!, input => builder.Argument(input.Name!, input));
        var outputs = ModelRunner.Run(_model, op, new FunctionVariables(builder), [.. _inputs.Select(input => new Masked<GraphTensor>(arguments[input.Name!]))], new CallContext<GraphTensor> { Training = training });
        var byName = _outputNames.Zip(outputs).ToDictionary(pair => pair.First, pair => pair.Second.Value);
        var controls = builder.Assignments;
        List<(string Name, GraphTensor Tensor)> results = [.. SortedOutputs.Select(name => (name, Identity(builder, byName[name], controls)))];
        return builder.Finish(results, controls);
    }

    // Another order of inputs and outputs around the same body.
    private GraphFunction Wrapper(string baseName, GraphFunction body, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs)
    {
        var builder = _library.Begin(baseName);
        var specs = _inputs.ToDictionary(input => input.Name!);
        var arguments = inputs.ToDictionary(name => name, name => builder.Argument(name, specs[name]));
        var results = GraphCall.Add(builder, body, [.. SortedInputs.Select(name => arguments[name])], out var call);
        List<(string Name, GraphTensor Tensor)> named = [.. outputs.Select(name => (name, Identity(builder, results[SortedOutputs.IndexOf(name)], [])))];
        return builder.Finish(named, [call]);
    }

    private static GraphTensor Identity(FunctionBuilder builder, GraphTensor tensor, IReadOnlyList<string> controls)
    {
        var name = builder.AddNode("Identity", [tensor.Reference, .. controls.Select(control => $"^{control}")], [("T", AttributeValue.Type(tensor.DType))]);
        return new GraphTensor($"{name}:output:0", tensor.Spec);
    }
}
