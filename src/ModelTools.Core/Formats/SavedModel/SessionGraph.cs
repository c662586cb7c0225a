using ModelTools.Formats.Protobuf;
using ModelTools.Formats.SavedModel.Functions;
using ModelTools.Formats.SavedModel.Graph;
using ModelTools.Layers;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel;

/// <summary>The flat graph that servers, phones and the C API run: variables, one call, restore and save.</summary>
internal sealed class SessionGraph
{
    private readonly List<GraphNode> _nodes = [];
    private readonly ModelFunctions _functions;

    /// <summary>Writes the graph.</summary>
    /// <param name="functions">The model's functions.</param>
    /// <param name="variables">All variables with the keys under which the checkpoint holds them, in order.</param>
    public SessionGraph(ModelFunctions functions, IReadOnlyList<(Variable Variable, string Key)> variables)
    {
        _functions = functions;
        var handles = AddHandles(variables);
        AddCall(handles);
        Add("init", "NoOp", []);
        AddSaver(variables, handles);
    }

    /// <summary>Name of an input's placeholder.</summary>
    private static string Placeholder(string input) => $"serving_default_{input}";

    /// <summary>Writes <c>GraphDef</c>, <c>SaverDef</c> and the signatures into a <c>MetaGraphDef</c>.</summary>
    public void Write(ProtoWriter writer)
    {
        using (writer.Message(2))
        {
            foreach (var node in _nodes)
            {
                node.Write(writer, 1);
            }

            using (writer.Message(2))
            {
                foreach (var function in _functions.All)
                {
                    function.Write(writer);
                }
            }

            using (writer.Message(4))
            {
                writer.Int64(1, SavedModelFacts.Producer);
                writer.Int64(2, SavedModelFacts.MinimumConsumer);
            }
        }

        using (writer.Message(3))
        {
            writer.String(1, "saver_filename:0");
            writer.String(2, "save/Identity:0");
            writer.String(3, "save/restore_all");
            writer.Int64(7, 2);
        }

        WriteSignatures(writer);
    }

    private static void WriteTensorInfo(ProtoWriter writer, string name, TensorSpec spec)
    {
        writer.String(1, name);
        writer.Int64(2, TensorFlowDType.Number(spec.DType));
        TensorShapeProto.Write(writer, 3, spec.Shape);
    }

    private void WriteSignatures(ProtoWriter writer)
    {
        using (writer.MessageEntry(5, SavedModelFacts.InitSignature))
        {
            using (writer.MessageEntry(2, SavedModelFacts.InitSignature))
            {
                writer.String(1, "init");
                TensorShapeProto.Write(writer, 3, null);
            }
        }

        using (writer.MessageEntry(5, SavedModelFacts.ServingSignature))
        {
            var inputs = _functions.Signature.Function.Arguments.Where(argument => argument.Variable is null).Zip(_functions.SortedInputs);
            writer.Map(1, inputs.Select(pair => KeyValuePair.Create(pair.Second, pair.First.Spec)), (target, spec) => WriteTensorInfo(target, $"{Placeholder(NameOf(spec))}:0", spec));
            var outputs = _functions.OutputSpecs.OrderBy(output => output.Name, StringComparer.Ordinal).ToList();
            writer.Map(2, outputs.Select((output, index) => KeyValuePair.Create(output.Name!, index)), (target, index) => WriteTensorInfo(target, $"{GraphCall.Op}:{index}", outputs[index]));
            writer.String(3, "tensorflow/serving/predict");
        }

        string NameOf(TensorSpec spec) => _functions.SortedInputs[_functions.Signature.Function.Arguments.Select(argument => argument.Spec).ToList().FindIndex(known => ReferenceEquals(known, spec))];
    }

    private Dictionary<Variable, string> AddHandles(IReadOnlyList<(Variable Variable, string Key)> variables)
    {
        var used = new Dictionary<string, int>();
        var handles = new Dictionary<Variable, string>(ReferenceEqualityComparer.Instance);
        foreach (var (variable, _) in variables)
        {
            var count = used[variable.FullName] = used.GetValueOrDefault(variable.FullName, -1) + 1;
            var name = count == 0 ? variable.FullName : $"{variable.FullName}_{count}";
            handles[variable] = name;
            Add(name, "VarHandleOp", [], ("dtype", AttributeValue.Type(variable.DType)), ("shape", AttributeValue.Shape(variable.Shape)), ("shared_name", AttributeValue.Text(name)));
        }

        return handles;
    }

    private void AddCall(Dictionary<Variable, string> handles)
    {
        var signature = _functions.Signature.Function;
        var feeds = new List<string>();
        foreach (var (argument, name) in signature.Arguments.Where(argument => argument.Variable is null).Zip(_functions.SortedInputs))
        {
            feeds.Add(Placeholder(name));
            Add(feeds[^1], "Placeholder", [], ("dtype", AttributeValue.Type(argument.Spec.DType)), ("shape", AttributeValue.Shape(argument.Spec.Shape)));
        }

        Add(GraphCall.Op, GraphCall.Op, [.. feeds, .. signature.Captures.Select(variable => handles[variable])], [.. GraphCall.Attributes(signature)]);
    }

    private void AddSaver(IReadOnlyList<(Variable Variable, string Key)> variables, Dictionary<Variable, string> handles)
    {
        Add("saver_filename", "Placeholder", [], ("dtype", AttributeValue.Type(DType.String)), ("shape", AttributeValue.Shape(Shape.Scalar)));
        var assignments = new List<string>();
        if (variables.Count > 0)
        {
            string[] inputs = ["saver_filename", Strings("save/tensor_names", variables.Select(pair => pair.Key)), Strings("save/shape_and_slices", variables.Select(_ => ""))];
            var types = ("dtypes", AttributeValue.Types(variables.Select(pair => TensorFlowDType.Number(pair.Variable.DType))));
            Add("save/RestoreV2", "RestoreV2", inputs, types);
            for (var i = 0; i < variables.Count; i++)
            {
                assignments.Add($"save/AssignVariableOp_{i}");
                Add(assignments[i], "AssignVariableOp", [handles[variables[i].Variable], i == 0 ? "save/RestoreV2" : $"save/RestoreV2:{i}"], ("dtype", AttributeValue.Type(variables[i].Variable.DType)));
            }

            for (var i = 0; i < variables.Count; i++)
            {
                Add($"save/ReadVariableOp_{i}", "ReadVariableOp", [handles[variables[i].Variable]], ("dtype", AttributeValue.Type(variables[i].Variable.DType)));
            }

            Add("save/SaveV2", "SaveV2", [.. inputs, .. variables.Select((_, index) => $"save/ReadVariableOp_{index}")], types);
        }

        Add("save/restore_all", "NoOp", [.. assignments.Select(name => $"^{name}")]);
        Add("save/Identity", "Identity", variables.Count > 0 ? ["saver_filename", "^save/SaveV2"] : ["saver_filename"], ("T", AttributeValue.Type(DType.String)));
    }

    private string Strings(string name, IEnumerable<string> values)
    {
        var texts = values.ToList();
        Add(name, "Const", [], ("dtype", AttributeValue.Type(DType.String)), ("value", AttributeValue.Tensor(Tensor.FromStrings(texts, [texts.Count]))));
        return name;
    }

    private void Add(string name, string op, IReadOnlyList<string> inputs, params IReadOnlyList<(string Key, AttributeValue Value)> attributes) =>
        _nodes.Add(new GraphNode(name, op, inputs, attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value)));
}
