using System.Buffers.Binary;

namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>Reads the fields of a block of structure one after the other; a field beyond the end is MT1003.</summary>
internal ref struct Hdf5Cursor(Hdf5Image image, ReadOnlySpan<byte> bytes, string what)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>Takes bytes as they are.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Remaining)
        {
            throw image.Corrupt($"The {what} ends in the middle of a field.");
        }

        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>Passes over bytes.</summary>
    public void Skip(long count) => Take(count);

    /// <summary>Passes over the bytes that bring the position to a multiple of eight.</summary>
    public void Align() => Skip(-Position & 7);

    /// <summary>Reads an unsigned number of 8 bits.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>Reads an unsigned number of 16 bits.</summary>
    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>Reads an unsigned number of 32 bits.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Reads a number of 1 to 8 bytes; what exceeds 63 bits is taken as the largest number.</summary>
    public long Number(int size)
    {
        var value = 0UL;
        var field = Take(size);
        for (var i = 0; i < size; i++)
        {
            value |= (ulong)field[i] << (8 * i);
        }

        return (long)Math.Min(value, long.MaxValue);
    }

    /// <summary>Reads an address: <see cref="Hdf5Image.Undefined"/> where all bits are set.</summary>
    public long Address()
    {
        var field = _bytes[Math.Min(Position, _bytes.Length)..];
        var undefined = field.Length >= image.OffsetSize && !field[..image.OffsetSize].ContainsAnyExcept((byte)0xFF);
        var value = Number(image.OffsetSize);
        return undefined ? Hdf5Image.Undefined : value;
    }

    /// <summary>Reads a length.</summary>
    public long Length() => Number(image.LengthSize);

    /// <summary>Reads a signature of four letters.</summary>
    public void Signature(ReadOnlySpan<byte> expected)
    {
        if (!Take(4).SequenceEqual(expected))
        {
            throw image.Corrupt($"The {what} does not start with its signature '{System.Text.Encoding.ASCII.GetString(expected)}'.");
        }
    }

    /// <summary>Reads a version that must be one of the known.</summary>
    public int Version(int lowest, int highest)
    {
        int version = Byte();
        return version >= lowest && version <= highest ? version : throw image.Unsupported($"The {what} has version {version}, which is not known.");
    }
}
