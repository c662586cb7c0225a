namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>Lists the attributes of an object, wherever they are kept.</summary>
internal static class AttributeTable
{
    private const string What = "attribute";

    /// <summary>The attributes by name.</summary>
    /// <param name="image">The file.</param>
    /// <param name="header">The object's header.</param>
    /// <param name="owner">Path of the object, for messages.</param>
    /// <exception cref="Diagnostics.ModelToolsException">MT1002, MT1003, MT1009: damaged.</exception>
    public static SortedDictionary<string, Hdf5Attribute> Read(Hdf5Image image, ObjectHeader header, string owner)
    {
        var attributes = new SortedDictionary<string, Hdf5Attribute>(StringComparer.Ordinal);
        foreach (var message in header.Messages)
        {
            if (message.Type == MessageType.Attribute)
            {
                Add(message.IsShared ? Shared.Resolve(image, message.Body.Span, MessageType.Attribute) : message.Body);
            }
        }

        if (header.Find(MessageType.AttributeInfo) is { } info)
        {
            foreach (var body in ReadDense(image, info))
            {
                Add(body);
            }
        }

        return attributes;

        void Add(ReadOnlyMemory<byte> body)
        {
            image.CountObjects(1);
            var attribute = ReadAttribute(image, body, owner);
            if (!attributes.TryAdd(attribute.Name, attribute))
            {
                throw image.Corrupt($"'{owner}' has the attribute '{attribute.Name}' twice.", owner);
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> ReadDense(Hdf5Image image, ReadOnlyMemory<byte> info)
    {
        var cursor = image.Cursor(info.Span, "attribute info");
        cursor.Version(0, 0);
        cursor.Skip((cursor.Byte() & 1) != 0 ? 2 : 0);
        long heapAddress = cursor.Address(), indexAddress = cursor.Address();
        if (heapAddress == Hdf5Image.Undefined || indexAddress == Hdf5Image.Undefined)
        {
            return [];
        }

        var heap = FractalHeap.Open(image, heapAddress);
        return BTree2.Read(image, indexAddress, 8, 8).Records.Select(record => Get(image, heap, record));
    }

    private static ReadOnlyMemory<byte> Get(Hdf5Image image, FractalHeap heap, ReadOnlyMemory<byte> record)
    {
        var cursor = image.Cursor(record.Span, "attribute index");
        var identity = cursor.Take(heap.IdentityLength);
        return (cursor.Byte() & 2) == 0 ? heap.Get(identity)
            : throw image.Unsupported("The file keeps messages in a shared message table, which is not read.");
    }

    private static Hdf5Attribute ReadAttribute(Hdf5Image image, ReadOnlyMemory<byte> body, string owner)
    {
        var cursor = image.Cursor(body.Span, What);
        var version = cursor.Version(1, 3);
        var flags = cursor.Byte();
        int nameSize = cursor.UInt16(), typeSize = cursor.UInt16(), spaceSize = cursor.UInt16();
        cursor.Skip(version == 3 ? 1 : 0);
        var name = Part(ref cursor, nameSize, version);
        var type = Part(ref cursor, typeSize, version);
        var space = Part(ref cursor, spaceSize, version);
        if (version > 1 && (flags & 1) != 0)
        {
            type = Shared.Resolve(image, type, MessageType.Datatype).Span;
        }

        if (version > 1 && (flags & 2) != 0)
        {
            space = Shared.Resolve(image, space, MessageType.Dataspace).Span;
        }

        var end = name.IndexOf((byte)0);
        return new Hdf5Attribute(image, LinkTable.DecodeName(end < 0 ? name : name[..end]), owner, Datatype.Read(image, type), Dataspace.Read(image, space).Shape, body[cursor.Position..]);
    }

    private static ReadOnlySpan<byte> Part(ref Hdf5Cursor cursor, int size, int version)
    {
        var part = cursor.Take(size);
        if (version == 1)
        {
            cursor.Skip(-size & 7);
        }

        return part;
    }
}
