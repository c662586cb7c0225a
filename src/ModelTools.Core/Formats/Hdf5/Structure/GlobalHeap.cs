namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>Collections of strings of variable length, which attributes and datasets point into.</summary>
internal sealed class GlobalHeap(Hdf5Image image)
{
    private const string What = "global heap";
    private const int Window = 4096;

    private readonly Dictionary<long, Dictionary<int, (long Address, long Length)>> _collections = [];

    /// <summary>Reads the pointers that elements consist of.</summary>
    /// <param name="elements">Elements of 4 bytes length, an address and 4 bytes number each.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="location">Whose elements they are, for messages.</param>
    /// <exception cref="Diagnostics.ModelToolsException">MT1003: a pointer leads nowhere; MT2004: together they are longer than the file.</exception>
    public byte[][] Read(ReadOnlySpan<byte> elements, int count, string location)
    {
        var texts = new byte[count][];
        var total = 0L;
        var cursor = image.Cursor(elements, location);
        for (var i = 0; i < count; i++)
        {
            var length = cursor.UInt32();
            var collection = cursor.Address();
            var index = (int)cursor.UInt32();
            total += length;
            if (total > Math.Min(image.Length, image.Limits.MaximumTextBytes))
            {
                throw image.Error(Diagnostics.ErrorCode.SizeLimit, $"The strings of '{location}' are longer than the file can hold or than the limits allow.", location);
            }

            texts[i] = length == 0 ? [] : UpToNull(Read(collection, index, length, location));
        }

        return texts;
    }

    private byte[] Read(long collection, int index, long length, string location)
    {
        if (!_collections.TryGetValue(collection, out var objects))
        {
            objects = List(collection);
            _collections.Add(collection, objects);
        }

        if (!objects.TryGetValue(index, out var place) || place.Length < length)
        {
            throw image.Corrupt($"A string of '{location}' is not where it should be (number {index} of the heap at {collection}).", location);
        }

        return image.File.Read(image.Start + place.Address, (int)length);
    }

    /// <summary>Where the objects of a collection are. Texts may be large: they are passed over.</summary>
    private Dictionary<int, (long Address, long Length)> List(long collection)
    {
        var headSize = (8 + image.LengthSize + 7) & ~7; // Of the collection and of each object alike.
        var head = image.Cursor(image.ReadBlock(collection, headSize, What), What);
        head.Signature("GCOL"u8);
        head.Version(1, 1);
        head.Skip(3);
        var size = head.Length();
        image.Require(collection, size, What);

        var objects = new Dictionary<int, (long, long)>();
        var end = collection + size;
        var (window, windowStart) = (Array.Empty<byte>(), 0L);
        for (var position = collection + headSize; position <= end - headSize;)
        {
            if (position < windowStart || position + headSize > windowStart + window.Length)
            {
                windowStart = position;
                window = image.ReadBlock(position, Math.Min(Window, end - position), What);
            }

            var cursor = image.Cursor(window.AsSpan((int)(position - windowStart), headSize), What);
            int index = cursor.UInt16();
            cursor.Skip(6);
            var length = cursor.Length();
            var start = position + headSize;
            if (index == 0)
            {
                break; // Free space up to the end.
            }

            if (length > end - start || !objects.TryAdd(index, (start, length)))
            {
                throw image.Corrupt($"The global heap at {collection} is damaged at object {index}.");
            }

            position = start + ((length + 7) & ~7L);
        }

        return objects;
    }

    private static byte[] UpToNull(byte[] text)
    {
        var end = Array.IndexOf(text, (byte)0);
        return end < 0 ? text : text[..end];
    }
}
