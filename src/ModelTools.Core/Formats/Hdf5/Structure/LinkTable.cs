using System.Text;

namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>Lists the links of a group, however it keeps them.</summary>
internal static class LinkTable
{
    private const string What = "link";
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Whether an object is a group.</summary>
    public static bool IsGroup(ObjectHeader header) =>
        header.Has(MessageType.SymbolTable) || header.Has(MessageType.LinkInfo) || header.Has(MessageType.Link);

    /// <summary>The links, in the order of their names.</summary>
    /// <exception cref="Diagnostics.ModelToolsException">MT1002, MT1003, MT1009: damaged; MT2007: more than the file can hold.</exception>
    public static List<Hdf5Link> Read(Hdf5Image image, ObjectHeader header)
    {
        var links = new List<Hdf5Link>();
        if (header.Find(MessageType.SymbolTable) is { } table)
        {
            var cursor = image.Cursor(table.Span, "symbol table");
            SymbolTable.Read(image, cursor.Address(), cursor.Address(), links);
        }

        foreach (var message in header.Messages)
        {
            if (message.Type == MessageType.Link)
            {
                links.Add(ReadLink(image, message.Body.Span));
                image.CountObjects(1);
            }
        }

        if (header.Find(MessageType.LinkInfo) is { } info)
        {
            ReadDense(image, info.Span, links);
        }

        links.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        for (var i = 1; i < links.Count; i++)
        {
            if (links[i].Name == links[i - 1].Name)
            {
                throw image.Corrupt($"The group at {header.Address} holds the name '{links[i].Name}' twice.");
            }
        }

        return links;
    }

    /// <summary>Decodes a name: UTF-8, or byte for byte where it is not.</summary>
    public static string DecodeName(ReadOnlySpan<byte> name)
    {
        try
        {
            return Utf8.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(name);
        }
    }

    private static void ReadDense(Hdf5Image image, ReadOnlySpan<byte> info, List<Hdf5Link> links)
    {
        var cursor = image.Cursor(info, "link info");
        cursor.Version(0, 0);
        cursor.Skip((cursor.Byte() & 1) != 0 ? 8 : 0);
        long heapAddress = cursor.Address(), indexAddress = cursor.Address();
        if (heapAddress == Hdf5Image.Undefined || indexAddress == Hdf5Image.Undefined)
        {
            return;
        }

        var heap = FractalHeap.Open(image, heapAddress);
        foreach (var record in BTree2.Read(image, indexAddress, 5, 5).Records)
        {
            image.CountObjects(1);
            var identity = image.Cursor(record.Span, "link index");
            identity.Skip(4);
            links.Add(ReadLink(image, heap.Get(identity.Take(heap.IdentityLength)).Span));
        }
    }

    private static Hdf5Link ReadLink(Hdf5Image image, ReadOnlySpan<byte> body)
    {
        var cursor = image.Cursor(body, What);
        cursor.Version(1, 1);
        int flags = cursor.Byte();
        int kind = (flags & 0x08) != 0 ? cursor.Byte() : 0;
        cursor.Skip(((flags & 0x04) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
        var name = DecodeName(cursor.Take(cursor.Number(1 << (flags & 3))));
        if (kind == 0)
        {
            return new Hdf5Link(name, Hdf5LinkKind.Hard, cursor.Address(), null);
        }

        var value = DecodeName(cursor.Take(cursor.UInt16()));
        return kind switch
        {
            1 => new Hdf5Link(name, Hdf5LinkKind.Soft, Hdf5Image.Undefined, value),
            64 => new Hdf5Link(name, Hdf5LinkKind.External, Hdf5Image.Undefined, value.TrimStart('\0').TrimEnd('\0').Replace("\0", " : ", StringComparison.Ordinal)),
            _ => new Hdf5Link(name, Hdf5LinkKind.UserDefined, Hdf5Image.Undefined, null),
        };
    }
}
