namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>The links of an old-style group: a B-tree over nodes of symbols, with the names in a heap of their own.</summary>
internal static class SymbolTable
{
    private const string TreeWhat = "group index";
    private const string NodeWhat = "symbol node";
    private const string HeapWhat = "local heap";

    /// <summary>Adds the links.</summary>
    /// <exception cref="Diagnostics.ModelToolsException">MT1002, MT1003: damaged; MT2007: a node is its own descendant, or there are too many.</exception>
    public static void Read(Hdf5Image image, long tree, long heap, List<Hdf5Link> links)
    {
        var names = ReadHeap(image, heap);
        foreach (var node in BTree1.Leaves(image, tree, BTree1.Groups, image.LengthSize, TreeWhat))
        {
            ReadNode(image, node.Child, names, links);
        }
    }

    private static byte[] ReadHeap(Hdf5Image image, long address)
    {
        var cursor = image.Cursor(image.ReadBlock(address, 8 + (2 * image.LengthSize) + image.OffsetSize, HeapWhat), HeapWhat);
        cursor.Signature("HEAP"u8);
        cursor.Version(0, 0);
        cursor.Skip(3);
        var size = cursor.Length();
        cursor.Length();
        return image.ReadBlock(cursor.Address(), size, HeapWhat);
    }

    private static void ReadNode(Hdf5Image image, long address, byte[] names, List<Hdf5Link> links)
    {
        var head = image.Cursor(image.ReadBlock(address, 8, NodeWhat), NodeWhat);
        head.Signature("SNOD"u8);
        head.Version(1, 1);
        head.Skip(1);
        int count = head.UInt16();
        image.CountObjects(count);
        var entrySize = (2 * image.OffsetSize) + 24;
        var cursor = image.Cursor(image.ReadBlock(address + 8, (long)count * entrySize, NodeWhat), NodeWhat);
        for (var i = 0; i < count; i++)
        {
            var name = Text(image, names, cursor.Number(image.OffsetSize));
            var target = cursor.Address();
            var cache = cursor.UInt32();
            cursor.Skip(4);
            var soft = cursor.UInt32();
            cursor.Skip(12);
            links.Add(cache == 2
                ? new Hdf5Link(name, Hdf5LinkKind.Soft, Hdf5Image.Undefined, Text(image, names, soft))
                : new Hdf5Link(name, Hdf5LinkKind.Hard, target, null));
        }
    }

    private static string Text(Hdf5Image image, byte[] heap, long offset)
    {
        if (offset < heap.Length)
        {
            var rest = heap.AsSpan((int)offset);
            var end = rest.IndexOf((byte)0);
            if (end >= 0)
            {
                return LinkTable.DecodeName(rest[..end]);
            }
        }

        throw image.Corrupt($"A name at {offset} lies outside of its heap of {heap.Length} bytes.");
    }
}
