namespace ModelTools.Formats.Hdf5.Writing;

/// <summary>What a group's entry in another group tells.</summary>
/// <param name="Name">The name, in UTF-8.</param>
/// <param name="Header">Address of the object's header.</param>
/// <param name="Tree">Address of its own tree, for a group.</param>
/// <param name="Heap">Address of its own heap, for a group.</param>
internal readonly record struct Symbol(byte[] Name, int Header, int? Tree, int? Heap);

/// <summary>Writes the links of a group: a balanced B-tree over nodes of symbols, and the heap of their names.</summary>
internal sealed class SymbolTableWriter(MetadataBuffer buffer)
{
    /// <summary>Half of the entries that a symbol node has room for.</summary>
    public const int LeafK = 4;

    /// <summary>Half of the children that a tree node has room for.</summary>
    public const int InternalK = 16;

    private const int EntrySize = 40;
    private const int NodeSize = 8 + (2 * LeafK * EntrySize);
    private const int TreeSize = 24 + (2 * InternalK * 8) + (((2 * InternalK) + 1) * 8);
    private const int NoFreeSpace = 1;

    /// <summary>Writes the links.</summary>
    /// <param name="symbols">The links, in the order of the bytes of their names.</param>
    /// <returns>Addresses of tree and heap.</returns>
    public (int Tree, int Heap) Write(IReadOnlyList<Symbol> symbols)
    {
        var (heap, names) = WriteNames(symbols);
        var children = new List<(int Address, int LastName)>();
        foreach (var (start, count) in Spread(symbols.Count, 2 * LeafK))
        {
            children.Add((WriteNode(symbols, names, start, count), names[start + count - 1]));
        }

        for (var level = 0; ; level++)
        {
            children = WriteLevel(children, level);
            if (children.Count == 1)
            {
                return (children[0].Address, heap);
            }
        }
    }

    /// <summary>Writes an entry; also the superblock has one.</summary>
    public static void PutEntry(MetadataBuffer buffer, int address, int name, in Symbol symbol)
    {
        buffer.Put64(address, name);
        buffer.Put64(address + 8, symbol.Header);
        if (symbol is { Tree: { } tree, Heap: { } heap })
        {
            buffer.Put32(address + 16, 1);
            buffer.Put64(address + 24, tree);
            buffer.Put64(address + 32, heap);
        }
    }

    private (int Heap, int[] Names) WriteNames(IReadOnlyList<Symbol> symbols)
    {
        var names = new int[symbols.Count];
        var size = 8; // The empty name, which is left of all others in the tree.
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = size;
            size += MessageEncoding.Padded(symbols[i].Name.Length + 1);
        }

        var heap = buffer.Reserve(32);
        var data = buffer.Reserve(size);
        "HEAP"u8.CopyTo(buffer.At(heap));
        buffer.Put64(heap + 8, size);
        buffer.Put64(heap + 16, NoFreeSpace);
        buffer.Put64(heap + 24, data);
        for (var i = 0; i < names.Length; i++)
        {
            symbols[i].Name.CopyTo(buffer.At(data + names[i]));
        }

        return (heap, names);
    }

    private int WriteNode(IReadOnlyList<Symbol> symbols, int[] names, int start, int count)
    {
        var node = buffer.Reserve(NodeSize);
        "SNOD"u8.CopyTo(buffer.At(node));
        buffer.At(node)[4] = 1;
        buffer.Put16(node + 6, count);
        for (var i = 0; i < count; i++)
        {
            PutEntry(buffer, node + 8 + (i * EntrySize), names[start + i], symbols[start + i]);
        }

        return node;
    }

    private List<(int Address, int LastName)> WriteLevel(List<(int Address, int LastName)> children, int level)
    {
        // An empty group has a tree of one node without children.
        var groups = children.Count == 0 ? [(0, 0)] : Spread(children.Count, 2 * InternalK);
        var first = buffer.Reserve((long)groups.Count * TreeSize);
        var nodes = new List<(int, int)>();
        var lastName = 0;
        for (var n = 0; n < groups.Count; n++)
        {
            var (start, count) = groups[n];
            var node = first + (n * TreeSize);
            "TREE"u8.CopyTo(buffer.At(node));
            buffer.At(node)[5] = (byte)level;
            buffer.Put16(node + 6, count);
            buffer.Put64(node + 8, n > 0 ? node - TreeSize : -1);
            buffer.Put64(node + 16, n < groups.Count - 1 ? node + TreeSize : -1);
            buffer.Put64(node + 24, lastName);
            for (var i = 0; i < count; i++)
            {
                (var child, lastName) = children[start + i];
                buffer.Put64(node + 32 + (i * 16), child);
                buffer.Put64(node + 40 + (i * 16), lastName);
            }

            nodes.Add((node, lastName));
        }

        return nodes;
    }

    /// <summary>Cuts a row of items into as few parts as possible, all about as long.</summary>
    private static List<(int Start, int Count)> Spread(int items, int most)
    {
        var parts = new List<(int, int)>();
        var count = (items + most - 1) / most;
        for (var part = 0; part < count; part++)
        {
            var start = (int)((long)items * part / count);
            parts.Add((start, (int)((long)items * (part + 1) / count) - start));
        }

        return parts;
    }
}
