using System.Buffers.Binary;

namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>One message of an object header.</summary>
/// <param name="Type">What it says.</param>
/// <param name="Flags">Bit 1: the body only tells where the message really is; bit 7: who does not know the type must not read the object.</param>
/// <param name="Body">Its bytes.</param>
internal readonly record struct HeaderMessage(MessageType Type, byte Flags, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether the body only tells where the message really is.</summary>
    public bool IsShared => (Flags & 0x02) != 0;
}

/// <summary>Everything that is written about one object, in the messages of its header.</summary>
internal sealed class ObjectHeader
{
    private const string What = "object header";
    private const int FirstRead = 512;
    private const int LargestKnownType = 0x18;

    private readonly Hdf5Image _image;
    private readonly List<HeaderMessage> _messages = [];
    private readonly Queue<(long Address, long Length)> _continuations = new();
    private readonly HashSet<long> _seen = [];

    private ObjectHeader(Hdf5Image image, long address)
    {
        _image = image;
        Address = address;
    }

    /// <summary>Where the header starts: what identifies the object.</summary>
    public long Address { get; }

    /// <summary>The messages, in the order of the file.</summary>
    public IReadOnlyList<HeaderMessage> Messages => _messages;

    /// <summary>Reads a header of either version with all its continuations.</summary>
    /// <exception cref="Diagnostics.ModelToolsException">MT1002, MT1003, MT1009: damaged; MT2007: continuations in a circle; MT4005: unknown version or message.</exception>
    public static ObjectHeader Read(Hdf5Image image, long address)
    {
        var header = new ObjectHeader(image, address);
        image.Require(address, 16, What);
        var start = image.ReadBlock(address, Math.Min(FirstRead, image.Length - address), What);
        if (start.AsSpan(0, 4).SequenceEqual("OHDR"u8))
        {
            header.ReadVersion2(start);
        }
        else
        {
            header.ReadVersion1(start);
        }

        return header;
    }

    /// <summary>The first message of a type, or null; where it is shared, the message it points to.</summary>
    public ReadOnlyMemory<byte>? Find(MessageType type)
    {
        foreach (var message in _messages)
        {
            if (message.Type == type)
            {
                return message.IsShared ? Shared.Resolve(_image, message.Body.Span, type) : message.Body;
            }
        }

        return null;
    }

    /// <summary>Whether there is a message of a type.</summary>
    public bool Has(MessageType type) => _messages.Exists(message => message.Type == type);

    private void ReadVersion1(byte[] start)
    {
        var cursor = _image.Cursor(start, What);
        if (cursor.Byte() != 1)
        {
            throw _image.Corrupt($"There is no object header at {Address}.");
        }

        cursor.Skip(7);
        var length = cursor.UInt32();
        AddMessages1(Rest(start, 16, length));
        while (NextContinuation() is var (address, size))
        {
            AddMessages1(_image.ReadBlock(address, size, What));
        }
    }

    private void ReadVersion2(byte[] start)
    {
        var cursor = _image.Cursor(start, What);
        cursor.Skip(4);
        cursor.Version(2, 2);
        var flags = cursor.Byte();
        cursor.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
        var length = cursor.Number(1 << (flags & 3));
        var prefix = cursor.Position;
        var whole = Rest(start, 0, Saturate(length, prefix + 4));
        _image.CheckSum(whole.Span, Address, What);
        var ordered = (flags & 0x04) != 0;
        AddMessages2(whole[prefix..^4], ordered);
        while (NextContinuation() is var (address, size))
        {
            var block = _image.ReadChecked(address, size, What);
            if (block.Length < 8 || !block.AsSpan(0, 4).SequenceEqual("OCHK"u8))
            {
                throw _image.Corrupt($"The continuation of an object header at {address} does not start with its signature.");
            }

            AddMessages2(block.AsMemory(4..^4), ordered);
        }
    }

    /// <summary>Bytes of the first block, from the bytes that are read already where they reach so far.</summary>
    private ReadOnlyMemory<byte> Rest(byte[] start, int skip, long length) => skip + length <= start.Length
        ? start.AsMemory(skip, (int)length)
        : _image.ReadBlock(Saturate(Address, skip), length, What);

    private void AddMessages1(ReadOnlyMemory<byte> block)
    {
        for (var position = 0; position + 8 <= block.Length;)
        {
            var head = block.Span.Slice(position, 8);
            int type = BinaryPrimitives.ReadUInt16LittleEndian(head), size = BinaryPrimitives.ReadUInt16LittleEndian(head[2..]);
            Add(type, head[4], block, position + 8, size);
            position += 8 + size;
        }
    }

    private void AddMessages2(ReadOnlyMemory<byte> block, bool ordered)
    {
        var prefix = ordered ? 6 : 4;
        for (var position = 0; position + prefix <= block.Length;)
        {
            var head = block.Span.Slice(position, prefix);
            int size = BinaryPrimitives.ReadUInt16LittleEndian(head[1..]);
            Add(head[0], head[3], block, position + prefix, size);
            position += prefix + size;
        }
    }

    private void Add(int type, byte flags, ReadOnlyMemory<byte> block, int position, int size)
    {
        if (size > block.Length - position)
        {
            throw _image.Corrupt($"A message of the object header at {Address} reaches beyond its block.");
        }

        var message = new HeaderMessage((MessageType)type, flags, block.Slice(position, size));
        if (message.Type == MessageType.Continuation)
        {
            var cursor = _image.Cursor(message.Body.Span, What);
            _continuations.Enqueue((cursor.Address(), cursor.Length()));
        }
        else if (type > LargestKnownType && (flags & 0x80) != 0)
        {
            throw _image.Unsupported($"The object at {Address} has a message of type {type} without which it must not be read.");
        }
        else if (message.Type != MessageType.Nil)
        {
            _messages.Add(message);
        }
    }

    private (long Address, long Length)? NextContinuation()
    {
        if (!_continuations.TryDequeue(out var next))
        {
            return null;
        }

        return _seen.Add(next.Address) ? next
            : throw _image.Error(Diagnostics.ErrorCode.StructureLimit, $"The object header at {Address} goes on in a circle.");
    }

    private static long Saturate(long value, long added) => value > long.MaxValue - added ? long.MaxValue : value + added;
}
