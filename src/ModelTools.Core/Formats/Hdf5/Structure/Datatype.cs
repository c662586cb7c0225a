using System.Numerics;
using System.Text;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>How strings of a fixed length are filled up. Numbers of the HDF5 format.</summary>
internal enum StringPadding
{
    /// <summary>The text ends at the first NUL.</summary>
    NullTerminated = 0,

    /// <summary>NULs at the end are not part of the text.</summary>
    NullPadded = 1,

    /// <summary>Spaces at the end are not part of the text.</summary>
    SpacePadded = 2,
}

/// <summary>What an element is.</summary>
/// <param name="Size">Bytes of one element in the file.</param>
/// <param name="Description">In words, for messages: "float32", "compound", "opaque of 2 bytes".</param>
internal sealed record Datatype(int Size, string Description)
{
    private const string What = "datatype";
    private const int DeepestNesting = 8;

    /// <summary>The tensor type with the same elements, or null where there is none.</summary>
    public DType? Element { get; init; }

    /// <summary>Whether numbers start with their highest byte.</summary>
    public bool BigEndian { get; init; }

    /// <summary>Whether the bytes are pointers into the global heap (strings of variable length).</summary>
    public bool IsHeapString { get; init; }

    /// <summary>How strings of a fixed length are filled up.</summary>
    public StringPadding Padding { get; init; }

    /// <summary>Whether the elements are bytes without a name: only an attribute can tell what they are.</summary>
    public bool IsOpaque { get; init; }

    /// <summary>Reads the message.</summary>
    /// <exception cref="Diagnostics.ModelToolsException">MT1003: damaged. A type that tensors do not have is no error: its <see cref="Element"/> is null.</exception>
    public static Datatype Read(Hdf5Image image, ReadOnlySpan<byte> body)
    {
        var cursor = image.Cursor(body, What);
        return Read(image, ref cursor, 0);
    }

    private static Datatype Read(Hdf5Image image, ref Hdf5Cursor cursor, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw image.Error(Diagnostics.ErrorCode.StructureLimit, "A datatype is nested too deeply.");
        }

        int head = cursor.Byte();
        var bits = cursor.Byte() | (cursor.Byte() << 8) | (cursor.Byte() << 16);
        var size = cursor.UInt32();
        if (size is 0 or > int.MaxValue || head >> 4 is < 1 or > 5)
        {
            throw image.Corrupt($"A datatype of version {head >> 4} with elements of {size} bytes is declared.");
        }

        return (head & 15) switch
        {
            0 => Integer(ref cursor, bits, (int)size),
            1 => Float(ref cursor, bits, (int)size),
            3 => new Datatype((int)size, $"string of {size} bytes") { Element = DType.String, Padding = (StringPadding)(bits & 15) },
            5 => Opaque(ref cursor, bits, (int)size),
            6 => Compound(image, ref cursor, head >> 4, bits & 0xFFFF, (int)size, depth),
            8 => Enumeration(image, ref cursor, head >> 4, bits & 0xFFFF, depth),
            9 => (bits & 15) == 1
                ? new Datatype(4 + image.OffsetSize + 4, "string of variable length") { Element = DType.String, IsHeapString = true }
                : new Datatype((int)size, "sequence of variable length"),
            11 => Complex(Read(image, ref cursor, depth + 1), (int)size) ?? new Datatype((int)size, "complex"),
            var other => new Datatype((int)size, other switch { 2 => "time", 4 => "bit field", 7 => "reference", 10 => "array", _ => $"class {other}" }),
        };
    }

    private static Datatype Integer(ref Hdf5Cursor cursor, int bits, int size)
    {
        var (offset, precision) = (cursor.UInt16(), cursor.UInt16());
        var signed = (bits & 8) != 0;
        DType? element = offset != 0 || precision != size * 8 ? null : size switch
        {
            1 => signed ? DType.Int8 : DType.UInt8,
            2 => signed ? DType.Int16 : DType.UInt16,
            4 => signed ? DType.Int32 : DType.UInt32,
            8 => signed ? DType.Int64 : DType.UInt64,
            _ => null,
        };
        return new Datatype(size, element?.Name() ?? $"integer of {precision} bits in {size} bytes") { Element = element, BigEndian = (bits & 1) != 0 };
    }

    private static Datatype Float(ref Hdf5Cursor cursor, int bits, int size)
    {
        var (offset, precision) = (cursor.UInt16(), cursor.UInt16());
        int exponentAt = cursor.Byte(), exponent = cursor.Byte(), mantissaAt = cursor.Byte(), mantissa = cursor.Byte();
        var bias = cursor.UInt32();

        // The fields tell the type, not the size: float16 and bfloat16 both have two bytes.
        var usual = offset == 0 && precision == size * 8 && mantissaAt == 0 && exponentAt == mantissa
            && 1 + exponent + mantissa == precision && bias == (1u << (exponent - 1)) - 1 && (bits & 0x41) is 0 or 1;
        DType? element = !usual ? null : (size, exponent) switch
        {
            (2, 5) => DType.Float16,
            (2, 8) => DType.BFloat16,
            (4, 8) => DType.Float32,
            (8, 11) => DType.Float64,
            _ => null,
        };
        return new Datatype(size, element?.Name() ?? $"floating-point number of {precision} bits ({exponent} exponent, {mantissa} mantissa)")
        {
            Element = element,
            BigEndian = (bits & 1) != 0,
        };
    }

    private static Datatype Opaque(ref Hdf5Cursor cursor, int bits, int size)
    {
        var tag = Encoding.UTF8.GetString(cursor.Take(Math.Min(bits & 0xFF, cursor.Remaining))).TrimEnd('\0');
        return new Datatype(size, $"opaque of {size} bytes{(tag.Length > 0 ? $" '{tag}'" : "")}") { IsOpaque = tag.Length == 0 };
    }

    private static Datatype Enumeration(Hdf5Image image, ref Hdf5Cursor cursor, int version, int count, int depth)
    {
        var number = Read(image, ref cursor, depth + 1);
        var names = new string[Math.Min(count, cursor.Remaining)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Name(ref cursor, version);
        }

        // What h5py makes of a bool.
        return number.Size == 1 && names is ["FALSE", "TRUE"] && cursor.Take(2).SequenceEqual((ReadOnlySpan<byte>)[0, 1])
            ? new Datatype(1, DType.Bool.Name()) { Element = DType.Bool }
            : number with { Description = $"enumeration of {number.Description}" };
    }

    private static Datatype Compound(Hdf5Image image, ref Hdf5Cursor cursor, int version, int count, int size, int depth)
    {
        var other = new Datatype(size, "compound");
        if (count != 2)
        {
            return other;
        }

        var (realName, realAt, real) = Member(image, ref cursor, version, size, depth);
        var (imaginaryName, imaginaryAt, imaginary) = Member(image, ref cursor, version, size, depth);
        var pair = realName is "r" or "real" && imaginaryName is "i" or "imag" && real == imaginary && realAt == 0 && imaginaryAt == real.Size;
        return pair ? Complex(real, size) ?? other : other;
    }

    private static (string Name, long Offset, Datatype Type) Member(Hdf5Image image, ref Hdf5Cursor cursor, int version, int size, int depth)
    {
        var name = Name(ref cursor, version);
        var offset = cursor.Number(version < 3 ? 4 : BytesFor(size));
        if (version == 1)
        {
            cursor.Skip(28); // Rank, permutation and sizes of an array, which later versions made a type of its own.
        }

        return (name, offset, Read(image, ref cursor, depth + 1));
    }

    private static Datatype? Complex(Datatype part, int size) => (part.Element, size) switch
    {
        (DType.Float32, 8) => new Datatype(8, DType.Complex64.Name()) { Element = DType.Complex64, BigEndian = part.BigEndian },
        (DType.Float64, 16) => new Datatype(16, DType.Complex128.Name()) { Element = DType.Complex128, BigEndian = part.BigEndian },
        _ => null,
    };

    private static int BytesFor(int number) => (32 - BitOperations.LeadingZeroCount((uint)number) + 7) / 8;

    private static string Name(ref Hdf5Cursor cursor, int version)
    {
        var start = cursor.Position;
        var name = new StringBuilder();
        for (var letter = cursor.Byte(); letter != 0; letter = cursor.Byte())
        {
            name.Append((char)letter);
        }

        if (version < 3)
        {
            cursor.Skip(-(cursor.Position - start) & 7);
        }

        return name.ToString();
    }
}
