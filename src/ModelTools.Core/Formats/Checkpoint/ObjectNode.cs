using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;

namespace ModelTools.Formats.Checkpoint;

/// <summary>One object of an <see cref="ObjectGraph"/> (<c>TrackableObject</c>): a layer, a list, a variable.</summary>
public sealed record ObjectNode
{
    /// <summary>Edges to other objects, in order.</summary>
    public IReadOnlyList<ObjectEdge> Children { get; init; } = [];

    /// <summary>Stored values; a variable has one.</summary>
    public IReadOnlyList<ObjectValue> Attributes { get; init; } = [];

    /// <summary>State that an optimizer of the older kind keeps per variable.</summary>
    public IReadOnlyList<ObjectSlot> Slots { get; init; } = [];

    /// <summary>A saver that the object brings along, or null.</summary>
    public ObjectSaver? Saver { get; init; }

    internal static ObjectNode Read(ProtoReader message, ref int budget)
    {
        List<ObjectEdge> children = [];
        List<ObjectValue> attributes = [];
        List<ObjectSlot> slots = [];
        ObjectSaver? saver = null;
        Spend(ref budget);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: children.Add(ReadEdge(message.Message())); break;
                case 2: attributes.Add(ReadAttribute(message.Message())); break;
                case 3: slots.Add(ReadSlot(message.Message())); break;
                case 4: saver = ReadSaver(message.Message()); break;
                default: continue;
            }

            Spend(ref budget);
        }

        return new ObjectNode { Children = children, Attributes = attributes, Slots = slots, Saver = saver };
    }

    internal void Write(ProtoWriter writer, bool hasValues)
    {
        foreach (var child in Children)
        {
            using (writer.Message(1))
            {
                writer.Int64(1, child.Node);
                writer.String(2, child.Name);
            }
        }

        foreach (var attribute in Attributes)
        {
            using (writer.Message(2))
            {
                writer.String(1, attribute.Name);
                writer.String(2, attribute.FullName);
                writer.String(3, attribute.Key);
            }
        }

        foreach (var slot in Slots)
        {
            using (writer.Message(3))
            {
                writer.Int64(1, slot.Variable);
                writer.String(2, slot.Name);
                writer.Int64(3, slot.SlotVariable);
            }
        }

        if (Saver is not null)
        {
            using (writer.Message(4))
            {
                writer.String(1, Saver.Name);
                writer.String(2, Saver.ObjectName);
            }
        }

        using (writer.Message(5))
        {
            writer.Bool(1, hasValues);
        }
    }

    private static void Spend(ref int budget)
    {
        if (--budget < 0)
        {
            throw new ModelToolsException(ErrorCode.StructureLimit, "The checkpoint's object graph has too many objects and edges.");
        }
    }

    private static ObjectEdge ReadEdge(ProtoReader message)
    {
        var node = 0;
        var name = string.Empty;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: node = message.Int32(); break;
                case 2: name = message.String(); break;
            }
        }

        return new ObjectEdge(name, node);
    }

    private static ObjectValue ReadAttribute(ProtoReader message)
    {
        string name = string.Empty, fullName = string.Empty, key = string.Empty;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: name = message.String(); break;
                case 2: fullName = message.String(); break;
                case 3: key = message.String(); break;
            }
        }

        return new ObjectValue(name, fullName, key);
    }

    private static ObjectSlot ReadSlot(ProtoReader message)
    {
        int variable = 0, slotVariable = 0;
        var name = string.Empty;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: variable = message.Int32(); break;
                case 2: name = message.String(); break;
                case 3: slotVariable = message.Int32(); break;
            }
        }

        return new ObjectSlot(variable, name, slotVariable);
    }

    private static ObjectSaver ReadSaver(ProtoReader message)
    {
        string name = string.Empty, objectName = string.Empty;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: name = message.String(); break;
                case 2: objectName = message.String(); break;
            }
        }

        return new ObjectSaver(name, objectName);
    }
}
