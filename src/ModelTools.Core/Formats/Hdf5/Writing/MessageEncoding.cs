using System.Buffers.Binary;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5.Writing;

/// <summary>The bodies of messages, byte for byte as h5py's default writes them.</summary>
internal static class MessageEncoding
{
    /// <summary>An address of something that is not stored.</summary>
    public const ulong Undefined = ulong.MaxValue;

    /// <summary>Zero for what was never written, space taken when it is needed.</summary>
    public static ReadOnlySpan<byte> FillValue => [2, 2, 2, 1, 0, 0, 0, 0];

    /// <summary>Nothing for what was never written: strings of variable length have no zero.</summary>
    public static ReadOnlySpan<byte> StringFillValue => [2, 2, 0, 1, 0, 0, 0, 0];

    /// <summary>Dimensions, which cannot grow.</summary>
    public static byte[] Dataspace(Shape shape)
    {
        var body = new byte[8 + (16 * shape.Rank)];
        (body[0], body[1], body[2]) = (1, (byte)shape.Rank, (byte)(shape.Rank > 0 ? 1 : 0));
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(8 + (8 * axis)), shape[axis]);
            BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(8 + (8 * (shape.Rank + axis))), shape[axis]);
        }

        return body;
    }

    /// <summary>The type of numbers.</summary>
    /// <exception cref="ModelToolsException">MT4004: HDF5 files of Keras have no such numbers.</exception>
    public static byte[] Datatype(DType type) => type switch
    {
        DType.Bool => [0x18, 2, 0, 0, 1, 0, 0, 0, .. Integer(1, true), .. "FALSE\0\0\0TRUE\0\0\0\0"u8, 0, 1],
        DType.UInt8 or DType.UInt16 or DType.UInt32 or DType.UInt64 => Integer(type.Size(), false),
        DType.Int8 or DType.Int16 or DType.Int32 or DType.Int64 => Integer(type.Size(), true),
        DType.Float16 => Float(2, 10, 5),
        DType.Float32 => Float(4, 23, 8),
        DType.Float64 => Float(8, 52, 11),
        DType.BFloat16 => [0x15, 0, 0, 0, 2, 0, 0, 0],
        DType.Complex64 => Complex(Float(4, 23, 8), 4),
        DType.Complex128 => Complex(Float(8, 52, 11), 8),
        _ => throw new ModelToolsException(ErrorCode.UnsupportedDType, $"HDF5 has no numbers of the type {type.Name()}."),
    };

    /// <summary>The type of strings of variable length.</summary>
    /// <param name="utf8">Whether they are marked as UTF-8 or as ASCII; readers decode UTF-8 either way.</param>
    public static byte[] HeapString(bool utf8) => [0x19, 1, (byte)(utf8 ? 1 : 0), 0, 16, 0, 0, 0, 0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0];

    /// <summary>The type of strings of one length, filled up with NUL.</summary>
    public static byte[] FixedString(int size)
    {
        byte[] body = [0x13, 1, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(4), size);
        return body;
    }

    /// <summary>Data in one piece, at a place that is filled in later.</summary>
    public static byte[] ContiguousLayout(long size)
    {
        var body = new byte[24];
        (body[0], body[1]) = (3, 1);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(2), Undefined);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(LayoutAddress + 8), size);
        return body;
    }

    /// <summary>Where the address stands in <see cref="ContiguousLayout"/>.</summary>
    public const int LayoutAddress = 2;

    /// <summary>One attribute.</summary>
    public static byte[] Attribute(ReadOnlySpan<byte> name, byte[] type, byte[] space, ReadOnlySpan<byte> value)
    {
        var nameAt = 8;
        var typeAt = nameAt + Padded(name.Length + 1);
        var spaceAt = typeAt + Padded(type.Length);
        var valueAt = spaceAt + Padded(space.Length);
        var body = new byte[valueAt + value.Length];
        body[0] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(2), checked((ushort)(name.Length + 1)));
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(4), (ushort)type.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(6), (ushort)space.Length);
        name.CopyTo(body.AsSpan(nameAt));
        type.CopyTo(body.AsSpan(typeAt));
        space.CopyTo(body.AsSpan(spaceAt));
        value.CopyTo(body.AsSpan(valueAt));
        return body;
    }

    /// <summary>The next multiple of eight.</summary>
    public static int Padded(int length) => checked(length + 7) & ~7;

    private static byte[] Integer(int size, bool signed) => [0x10, (byte)(signed ? 8 : 0), 0, 0, (byte)size, 0, 0, 0, 0, 0, (byte)(size * 8), 0];

    private static byte[] Float(int size, int mantissa, int exponent)
    {
        var body = new byte[20];
        (body[0], body[1], body[2], body[4]) = (0x11, 0x20, (byte)((size * 8) - 1), (byte)size);
        (body[10], body[12], body[13], body[15]) = ((byte)(size * 8), (byte)mantissa, (byte)exponent, (byte)mantissa);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(16), (1 << (exponent - 1)) - 1);
        return body;
    }

    private static byte[] Complex(byte[] part, int size) =>
    [
        0x16, 2, 0, 0, (byte)(2 * size), 0, 0, 0,
        .. "r\0\0\0\0\0\0\0"u8, .. new byte[32], .. part,
        .. "i\0\0\0\0\0\0\0"u8, (byte)size, .. new byte[31], .. part,
    ];
}
