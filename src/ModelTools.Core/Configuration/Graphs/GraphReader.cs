using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Configuration;

/// <summary>Rebuilds the graph of a functional model from its configuration.</summary>
internal sealed class GraphReader
{
    private readonly ReadContext _context;
    private readonly ConfigObject _config;
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, Entry> _byName = [];
    private readonly List<LayerCallNode> _nodes = [];

    private GraphReader(ConfigObject config, ReadContext context)
    {
        _config = config;
        _context = context;
    }

    /// <summary>Reads a model.</summary>
    /// <param name="config">The model's config: <c>layers</c>, <c>input_layers</c>, <c>output_layers</c>.</param>
    /// <param name="className">The model's class.</param>
    /// <param name="context">Where it is.</param>
    /// <exception cref="ModelToolsException">MT1006: the config is not valid; MT1011: calls that need each other, or tensors that nothing makes.</exception>
    public static Model Read(ConfigObject config, string className, ReadContext context) => new GraphReader(config, context).Read(className);

    private Model Read(string className)
    {
        ReadLayers();
        var inputs = TensorEnds.Read(_config.Find("input_layers"), _context.At("input_layers"));
        var outputs = TensorEnds.Read(_config.Find("output_layers"), _context.At("output_layers"));
        if (inputs.Tensors.Count == 0 || outputs.Tensors.Count == 0)
        {
            throw Malformed($"The graph of '{_context.Location}' has no {(inputs.Tensors.Count == 0 ? "inputs" : "outputs")}.", _context.Location);
        }

        FindIndexBases(outputs.Tensors);
        CallBudget.Check(_context.Location, _entries.Select(entry => (entry.Layer, entry.Calls.Count)));
        Connect();
        var model = Model.Functional(
            [.. _entries.Select(entry => entry.Layer)],
            _nodes,
            [.. inputs.Tensors.Select(Input)],
            [.. outputs.Tensors.Select(tensor => Resolve(tensor, isEnd: true))],
            _config.FindString("name") ?? "model",
            className,
            ModelReader.UnknownMembers(_config));
        model.InputStructure = inputs.Structure;
        model.OutputStructure = outputs.Structure;
        return model;
    }

    private void ReadLayers()
    {
        foreach (var item in _config.GetArray("layers"))
        {
            var serialised = item as ConfigObject ?? throw _context.At("layers").Unexpected(item, "a layer");
            var layer = ModelReader.ReadLayer(serialised, _context);
            var entry = new Entry(serialised.FindString("name") ?? layer.Name, layer, serialised);
            _entries.Add(entry);
            if (!_byName.TryAdd(entry.Name, entry))
            {
                throw _context.Corrupt($"Two layers of '{_context.Location}' have the name '{entry.Name}'.");
            }
        }

        var reader = new CallReader(_byName.Keys.ToHashSet(), _context);
        foreach (var entry in _entries)
        {
            entry.Calls = reader.ReadAll(entry.Serialised.Find("inbound_nodes"));
            if (_context.Dialect is KerasDialect.Keras2 && RecurrentCalls.TakesStates(entry.Layer.Layer))
            {
                foreach (var call in entry.Calls)
                {
                    call.NameFurtherTensors(RecurrentCalls.StateKeyword);
                }
            }
        }
    }

    // A nested model has made a call of its own before the first one that is recorded. Keras 2 counts it; Keras 3 does so for the model's outputs only.
    private void FindIndexBases(IReadOnlyList<TensorReference> outputs)
    {
        var inside = _entries.SelectMany(entry => entry.Calls).SelectMany(call => call.Inputs).ToLookup(tensor => tensor.Layer, tensor => tensor.Node);
        var ends = outputs.ToLookup(tensor => tensor.Layer, tensor => tensor.Node);
        foreach (var entry in _entries)
        {
            if (entry.Layer.NestedModel is not { } model)
            {
                continue;
            }

            var (within, atEnd) = (inside[entry.Name].ToList(), ends[entry.Name].ToList());
            if (_context.Dialect is KerasDialect.Keras2 && HasCallsTwice(entry, [.. within, .. atEnd]))
            {
                entry.Base = entry.EndBase = 1;
                entry.Repeats = 2;
                entry.Calls = [.. entry.Calls.Where((_, index) => index % 2 == 0)];
            }
            else if (_context.Dialect is KerasDialect.Keras2)
            {
                entry.Base = entry.EndBase = Base([.. within, .. atEnd], entry.Calls.Count, model.Kind is not ModelKind.Sequential || model.IsBuilt);
            }
            else
            {
                entry.Base = Base(within, entry.Calls.Count, false);
                entry.EndBase = Base(atEnd, entry.Calls.Count, model.Kind is not ModelKind.Sequential);
            }
        }
    }

    // See CallWriter: so that both generations find their way in one file.
    private static bool HasCallsTwice(Entry entry, List<int> indices)
    {
        var calls = entry.Serialised.Find("inbound_nodes") as ConfigArray ?? ConfigArray.Empty;
        return calls.Count > 0 && calls.Count % 2 == 0 && indices.Count > 0 && indices.All(index => index % 2 == 1)
            && Enumerable.Range(0, calls.Count / 2).All(pair => calls[2 * pair].Equals(calls[(2 * pair) + 1]));
    }

    private static int Base(List<int> indices, int calls, bool usual) =>
        indices.Count > 0 && !indices.Contains(0) && (usual || indices.Max() >= calls) ? 1 : 0;

    private void Connect()
    {
        var ready = new Queue<Entry>();
        foreach (var entry in _entries)
        {
            if (entry.Layer.Layer is InputLayer)
            {
                Apply(entry, [], null);
            }
            else
            {
                ready.Enqueue(entry);
            }
        }

        while (ready.TryDequeue(out var entry))
        {
            while (entry.Next < entry.Calls.Count)
            {
                if (MissingProducer(entry.Calls[entry.Next]) is { } missing)
                {
                    missing.Waiting.Add(entry);
                    break;
                }

                Call(entry);
                entry.Waiting.ForEach(ready.Enqueue);
                entry.Waiting.Clear();
            }
        }

        var stuck = _entries.Where(entry => entry.Layer.Layer is not InputLayer && entry.Next < entry.Calls.Count).Select(entry => entry.Name).ToList();
        if (stuck.Count > 0)
        {
            var names = string.Join(", ", stuck.Take(5)) + (stuck.Count > 5 ? $" and {stuck.Count - 5} more" : "");
            throw Malformed($"The graph cannot be put together: the calls of {names} need each other's outputs, or outputs that nothing makes.", stuck[0]);
        }
    }

    private void Call(Entry entry)
    {
        var call = entry.Calls[entry.Next++];
        if (call.Inputs.Count == 0)
        {
            throw Malformed($"The layer '{entry.Name}' is called without a tensor.", entry.Name);
        }

        Apply(entry, [.. call.Inputs.Select(tensor => Resolve(tensor, isEnd: false))], call);
    }

    private void Apply(Entry entry, IReadOnlyList<SymbolicTensor> inputs, CallRecord? call)
    {
        entry.Layer.Apply(inputs, call?.Keywords, call?.Arguments);
        entry.Made.Add(entry.Layer.Calls[^1]);
        _nodes.Add(entry.Layer.Calls[^1]);
    }

    private Entry? MissingProducer(CallRecord call) =>
        call.Inputs.Select(tensor => (Producer: Find(tensor), tensor.Node)).FirstOrDefault(input => input.Producer.Place(input.Node, input.Producer.Base) >= input.Producer.Made.Count).Producer;

    private SymbolicTensor Resolve(TensorReference tensor, bool isEnd)
    {
        var producer = Find(tensor);
        var node = producer.Place(tensor.Node, isEnd ? producer.EndBase : producer.Base);
        var made = node >= 0 && node < producer.Made.Count ? producer.Made[node] : null;
        return made?.OutputAt(tensor.Tensor, tensor.Spec)
            ?? throw Malformed($"Output {tensor.Tensor} of call {tensor.Node} of the layer '{tensor.Layer}' is used, but there is none.", tensor.Layer);
    }

    private SymbolicTensor Input(TensorReference tensor) => Resolve(tensor, isEnd: true) is { Call.Layer.Layer: InputLayer } input
        ? input
        : throw Malformed($"'{tensor.Layer}' is listed as an input of '{_context.Location}', but is no input layer.", tensor.Layer);

    private Entry Find(TensorReference tensor) =>
        _byName.GetValueOrDefault(tensor.Layer) ?? throw Malformed($"The graph refers to a layer '{tensor.Layer}', which is not there.", tensor.Layer);

    private static ModelToolsException Malformed(string message, string location) => new(ErrorCode.MalformedGraph, message) { Location = location };

    private sealed class Entry(string name, ModelLayer layer, ConfigObject serialised)
    {
        public string Name => name;

        public ModelLayer Layer => layer;

        public ConfigObject Serialised => serialised;

        public IReadOnlyList<CallRecord> Calls { get; set; } = [];

        public int Next { get; set; }

        public List<LayerCallNode> Made { get; } = [];

        public List<Entry> Waiting { get; } = [];

        // What the file counts before the first recorded call: in references from calls, and from the ends of the graph.
        public int Base { get; set; }

        public int EndBase { get; set; }

        // How often the file holds each call.
        public int Repeats { get; set; } = 1;

        // Before the first call there is nothing: -1.
        public int Place(int node, int indexBase) => node < indexBase ? -1 : (node - indexBase) / Repeats;
    }
}
