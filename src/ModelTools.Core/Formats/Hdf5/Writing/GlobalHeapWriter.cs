using System.Buffers.Binary;

namespace ModelTools.Formats.Hdf5.Writing;

/// <summary>Puts strings of variable length into collections.</summary>
internal sealed class GlobalHeapWriter(MetadataBuffer buffer)
{
    private const int Head = 16;
    private const int SmallestCollection = 4096; // Readers take so many bytes at once, whatever the size is.
    private const int LastIndex = ushort.MaxValue;

    private int _collection = -1;
    private int _end;
    private int _next;
    private int _index;

    /// <summary>Bytes of a pointer to a string.</summary>
    public const int ReferenceSize = 16;

    /// <summary>Adds strings.</summary>
    /// <returns>The pointers to them, one behind the other.</returns>
    public byte[] Add(IReadOnlyList<byte[]> texts)
    {
        var references = new byte[texts.Count * ReferenceSize];
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i].Length > 0)
            {
                Add(texts[i], references.AsSpan(i * ReferenceSize));
            }
        }

        return references;
    }

    private void Add(byte[] text, Span<byte> reference)
    {
        var size = Head + MessageEncoding.Padded(text.Length);
        if (_collection < 0 || size > _end - _next || _index >= LastIndex)
        {
            Start(Math.Max(SmallestCollection, Head + size));
        }

        _index++;
        buffer.Put16(_next, _index);
        buffer.Put16(_next + 2, 1);
        buffer.Put64(_next + 8, text.Length);
        text.CopyTo(buffer.At(_next + Head));
        _next += size;
        CloseWithFreeSpace();

        BinaryPrimitives.WriteInt32LittleEndian(reference, text.Length);
        BinaryPrimitives.WriteInt64LittleEndian(reference[4..], _collection);
        BinaryPrimitives.WriteInt32LittleEndian(reference[12..], _index);
    }

    private void Start(int size)
    {
        _collection = buffer.Reserve(size);
        (_end, _next, _index) = (_collection + size, _collection + Head, 0);
        "GCOL"u8.CopyTo(buffer.At(_collection));
        buffer.At(_collection)[4] = 1;
        buffer.Put64(_collection + 8, size);
    }

    /// <summary>What is left is object 0, whose size counts its own head; too little for a head is just left.</summary>
    private void CloseWithFreeSpace()
    {
        if (_end - _next >= Head)
        {
            buffer.Put64(_next + 8, _end - _next);
        }
    }
}
