using System.Buffers.Binary;
using ModelTools.Diagnostics;

namespace ModelTools.Formats.Hdf5.Writing;

/// <summary>The structure of a file under construction: positions are addresses, and any of them can still be filled in.</summary>
internal sealed class MetadataBuffer
{
    private byte[] _bytes = new byte[1 << 14];
    private int _length;

    /// <summary>The bytes so far.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Sets space aside, cleared, at the next multiple of eight.</summary>
    /// <returns>Its address.</returns>
    /// <exception cref="ModelToolsException">MT4003: structure beyond 2 GB.</exception>
    public int Reserve(long size)
    {
        var start = (_length + 7L) & ~7L;
        if (start + size > Array.MaxLength)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedConversion, "The names and attributes of the model are larger than an HDF5 file is written with.");
        }

        var end = (int)(start + size);
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, end), Array.MaxLength));
        }

        _length = end;
        return (int)start;
    }

    /// <summary>The bytes from an address on. Valid until more space is set aside.</summary>
    public Span<byte> At(int address) => _bytes.AsSpan(address, _length - address);

    /// <summary>Writes a number of 16 bits.</summary>
    public void Put16(int address, int value) => BinaryPrimitives.WriteUInt16LittleEndian(At(address), checked((ushort)value));

    /// <summary>Writes a number of 32 bits.</summary>
    public void Put32(int address, int value) => BinaryPrimitives.WriteInt32LittleEndian(At(address), value);

    /// <summary>Writes a number of 64 bits, or an address.</summary>
    public void Put64(int address, long value) => BinaryPrimitives.WriteInt64LittleEndian(At(address), value);
}
