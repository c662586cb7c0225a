using ModelTools.Formats.Protobuf;
using ModelTools.Formats.SavedModel.Functions;

namespace ModelTools.Formats.SavedModel.Objects;

/// <summary>Numbers objects breadth first and writes them: TensorFlow's <c>SavedObjectGraph</c>.</summary>
internal sealed class SavedObjectGraph
{
    private readonly List<SavedObject> _nodes = [];
    private readonly Dictionary<SavedObject, int> _numbers = [];
    private readonly Dictionary<SavedObject, string> _paths = [];

    /// <summary>Numbers all objects to which a root leads.</summary>
    public SavedObjectGraph(SavedObject root)
    {
        Add(root, "root");
        for (var i = 0; i < _nodes.Count; i++)
        {
            foreach (var (name, child) in _nodes[i].Children)
            {
                if (!_numbers.ContainsKey(child))
                {
                    Add(child, $"{_paths[_nodes[i]]}.{name}");
                }
            }
        }
    }

    /// <summary>The number of an object.</summary>
    public int NumberOf(SavedObject item) => _numbers[item];

    /// <summary>The first path to an object: <c>root.layer-0</c>.</summary>
    public string PathOf(SavedObject item) => _paths[item];

    /// <summary>Writes the graph as a field, with what Python must know of its functions.</summary>
    public void Write(ProtoWriter writer, int field, IEnumerable<ConcreteFunction> functions)
    {
        var variables = _nodes.OfType<VariableObject>().ToDictionary(node => node.Variable);
        using (writer.Message(field))
        {
            foreach (var node in _nodes)
            {
                WriteNode(writer, node);
            }

            writer.Map(2, functions.Select(function => KeyValuePair.Create(function.Function.Name, function)), (target, function) =>
            {
                target.PackedInt64(2, [.. function.Function.Captures.Select(variable => (long)_numbers[variables[variable]])]);
                function.Input.Write(target, 3);
                function.Output.Write(target, 4);
            });
        }
    }

    private void Add(SavedObject item, string path)
    {
        _numbers.Add(item, _nodes.Count);
        _paths.Add(item, path);
        _nodes.Add(item);
    }

    private void WriteNode(ProtoWriter writer, SavedObject node)
    {
        using (writer.Message(1))
        {
            foreach (var (name, child) in node.Children)
            {
                using (writer.Message(1))
                {
                    writer.Int64(1, _numbers[child]);
                    writer.String(2, name);
                }
            }

            node.WriteKind(writer);
        }
    }
}
