using ModelTools.Formats.Protobuf;

namespace ModelTools.Formats.SavedModel.Reading;

/// <summary>The nodes of a graph or function as far as its structure is checked: names, operations, inputs and the functions they call.</summary>
/// <param name="name">The function's name; empty for the main graph.</param>
internal sealed class GraphSummary(string name)
{
    /// <summary>A node.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Op">Its operation.</param>
    /// <param name="Inputs">Names of the nodes or arguments that it reads.</param>
    public sealed record Node(string Name, string Op, IReadOnlyList<string> Inputs);

    private readonly List<Node> _nodes = [];
    private readonly HashSet<string> _calls = [];

    /// <summary>The function's name; empty for the main graph.</summary>
    public string Name => name;

    /// <summary>The nodes.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Functions that the nodes name.</summary>
    public IReadOnlySet<string> Calls => _calls;

    /// <summary>Adds a <c>NodeDef</c>.</summary>
    public void AddNode(ProtoReader message)
    {
        string nodeName = "", op = "";
        List<string> inputs = [];
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    nodeName = message.String();
                    break;
                case 2:
                    op = message.String();
                    break;
                case 3:
                    inputs.Add(NodeOf(message.String()));
                    break;
                case 5:
                    AddCalls(message.MessageEntry(out _));
                    break;
            }
        }

        _nodes.Add(new Node(nodeName, op, inputs));
    }

    // AttrValue: func = 10 { name = 1 }, list = 1 { func = 9 { name = 1 } }.
    private void AddCalls(ProtoReader value)
    {
        while (value.Next())
        {
            if (value.Field == 10)
            {
                AddCall(value.Message());
            }
            else if (value.Field == 1)
            {
                var list = value.Message();
                while (list.Next())
                {
                    if (list.Field == 9)
                    {
                        AddCall(list.Message());
                    }
                }
            }
        }
    }

    private void AddCall(ProtoReader function)
    {
        while (function.Next())
        {
            if (function.Field == 1)
            {
                _calls.Add(function.String());
            }
        }
    }

    // "^node" is a control input, "node:output:0" or "node:1" one of several outputs.
    private static string NodeOf(string input)
    {
        var start = input.StartsWith('^') ? 1 : 0;
        var end = input.IndexOf(':', StringComparison.Ordinal);
        return end < 0 ? input[start..] : input[start..end];
    }
}
