using ModelTools.Configuration.Json;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Configuration;

/// <summary>Writes the calls of a functional model's layers in the form of either generation.</summary>
internal sealed class CallWriter
{
    // Layers whose arguments after the first have names in Keras 2's records.
    internal static readonly IReadOnlyDictionary<string, string[]> ArgumentNames = new Dictionary<string, string[]>
    {
        ["MultiHeadAttention"] = ["query", "value", "key"],
        ["GroupQueryAttention"] = ["query", "value", "key"],
    };

    // Layers that stand for functions of TensorFlow keep their first argument as it was given.
    private static readonly HashSet<string> FunctionLayers = ["TFOpLambda", "SlicingOpLambda", "ClassMethod", "InstanceMethod", "InstanceProperty"];

    private readonly WriteContext _context;
    private readonly Dictionary<ModelLayer, List<LayerCallNode>> _calls = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LayerCallNode, int> _indices = new(ReferenceEqualityComparer.Instance);

    public CallWriter(Model model, WriteContext context)
    {
        _context = context;
        var own = model.Nodes.ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var layer in model.AllLayers)
        {
            var calls = layer.Calls.Where(own.Contains).ToList();
            _calls.Add(layer, calls);
            for (var index = 0; index < calls.Count; index++)
            {
                _indices.Add(calls[index], index);
            }
        }
    }

    private bool IsKeras3 => _context.Dialect is KerasDialect.Keras3;

    /// <summary>Writes <c>inbound_nodes</c>.</summary>
    /// <remarks>
    /// The calls of a nested model can be written twice for Keras 2. It counts a call of the model's own before them and Keras 3, which reads such files too,
    /// does not; a reference to 2k + 1 is the k-th call for both.
    /// </remarks>
    public ConfigArray WriteAll(ModelLayer layer) => layer switch
    {
        { Layer: InputLayer } => ConfigArray.Empty,
        _ when IsKeras3 => ConfigArray.Create(_calls[layer].Select(WriteKeras3)),
        { NestedModel: not null } when _context.ForBothGenerations => ConfigArray.Create(_calls[layer].Select(WriteKeras2).SelectMany(call => new[] { call, call })),
        _ => ConfigArray.Create(_calls[layer].Select(WriteKeras2)),
    };

    /// <summary>Writes <c>input_layers</c> or <c>output_layers</c>, as a list also for one tensor: the form that every Keras reads.</summary>
    public ConfigValue WriteEnds(IReadOnlyList<SymbolicTensor> tensors, TensorStructure structure)
    {
        var references = tensors.Select(tensor => (ConfigValue)Reference(tensor, isEnd: true));
        return structure.Kind is TensorStructureKind.Dictionary
            ? ConfigObject.Create(structure.Keys.Zip(references, KeyValuePair.Create))
            : ConfigArray.Create(references);
    }

    private ConfigArray Reference(SymbolicTensor tensor, bool isEnd) => [tensor.Layer.Name, Index(tensor.Layer, _indices[tensor.Call], isEnd), tensor.Index];

    // See GraphReader: a nested model counts a call of its own.
    private int Index(ModelLayer layer, int index, bool isEnd) => layer.NestedModel switch
    {
        null => index,
        _ when !IsKeras3 => _context.ForBothGenerations ? (2 * index) + 1 : index + 1,
        { Kind: ModelKind.Sequential } => index,
        _ => isEnd ? index + 1 : index,
    };

    private ConfigObject WriteKeras3(LayerCallNode node)
    {
        var arguments = ConfigArray.Create(Positional(node).Select(argument => argument.Tensor is { } tensor ? KerasTensor(tensor) : argument.Constant!));
        var keywords = new List<KeyValuePair<string, ConfigValue>>();
        foreach (var group in Named(node))
        {
            var tensors = group.Select(KerasTensor).ToList();
            keywords.Add(new(group.Key, tensors is [var only] ? only : ConfigArray.Create(tensors)));
        }

        keywords.AddRange(OtherArguments(node));
        return [new("args", node.Layer.Layer.TakesList && arguments.Count > 0 ? [arguments] : arguments), new("kwargs", ConfigObject.Create(keywords))];
    }

    private ConfigObject KerasTensor(SymbolicTensor tensor)
    {
        ConfigObject config =
        [
            new("shape", ValueWriter.WriteShape(tensor.Shape)),
            new("dtype", ValueWriter.Write(tensor.DType, _context)),
            new("keras_history", Reference(tensor, isEnd: false)),
        ];
        return [new("class_name", "__keras_tensor__"), new("config", config)];
    }

    private ConfigValue WriteKeras2(LayerCallNode node)
    {
        var leaves = Positional(node).ToList();
        var keywords = OtherArguments(node).ToList();
        foreach (var group in Named(node))
        {
            if (group.Key == RecurrentCalls.StateKeyword && RecurrentCalls.TakesStates(node.Layer.Layer))
            {
                leaves.AddRange(group.Select(tensor => ((SymbolicTensor?)tensor, (ConfigValue?)null)));
            }
            else
            {
                var tensors = group.Select(tensor => (ConfigValue)Reference(tensor, isEnd: false)).ToList();
                keywords.Add(new(group.Key, tensors is [var only] ? only : ConfigArray.Create(tensors)));
            }
        }

        if (leaves.Count > 1 && ArgumentNames.TryGetValue(node.Layer.ClassName, out var names))
        {
            var named = leaves.Skip(1).Zip(names.Skip(1)).ToList();
            keywords.AddRange(named.Select(pair => KeyValuePair.Create(pair.Second, pair.First.Tensor is { } tensor ? Reference(tensor, isEnd: false) : pair.First.Constant!)));
            leaves.RemoveRange(1, named.Count);
        }

        var shared = ConfigObject.Create(keywords);
        var written = leaves.Select(leaf => (ConfigValue)(leaf.Tensor is { } tensor
            ? ConfigArray.Create([.. Reference(tensor, isEnd: false), shared])
            : [CallReader.ConstantName, -1, leaf.Constant!, shared])).ToList();
        return written.Count == 1 && FunctionLayers.Contains(node.Layer.ClassName) ? written[0] : ConfigArray.Create(written);
    }

    /// <summary>Tensors and constants that are passed by position, in order.</summary>
    private static IEnumerable<(SymbolicTensor? Tensor, ConfigValue? Constant)> Positional(LayerCallNode node)
    {
        var position = 0;
        for (var i = 0; i < node.Inputs.Count; i++)
        {
            if (node.Keywords[i] is null)
            {
                while (ConstantAt(node, position) is { } before)
                {
                    yield return (null, before);
                    position++;
                }

                yield return (node.Inputs[i], null);
                position++;
            }
        }

        for (; ConstantAt(node, position) is { } behind; position++)
        {
            yield return (null, behind);
        }
    }

    private static ConfigValue? ConstantAt(LayerCallNode node, int position) =>
        node.Arguments.TryGetValue(position.ToString(System.Globalization.CultureInfo.InvariantCulture), out var json) ? ConfigValue.Parse(json) : null;

    private static IEnumerable<IGrouping<string, SymbolicTensor>> Named(LayerCallNode node) => node.Inputs
        .Select((tensor, index) => (Tensor: tensor, Keyword: node.Keywords[index]))
        .Where(input => input.Keyword is not null)
        .GroupBy(input => input.Keyword!, input => input.Tensor);

    // Keras 3 records how it was called at first, which every later call overrides; in Keras 2 the record would win.
    private IEnumerable<KeyValuePair<string, ConfigValue>> OtherArguments(LayerCallNode node) => node.Arguments
        .Where(argument => argument.Key != "training" || _context.Source is KerasDialect.Keras2 || IsKeras3)
        .Where(argument => !char.IsAsciiDigit(argument.Key[0]) && (argument.Value != "null" || _context.Source == _context.Dialect))
        .Select(argument => KeyValuePair.Create(argument.Key, ConfigValue.Parse(argument.Value)));
}
