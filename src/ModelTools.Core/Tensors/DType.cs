namespace ModelTools.Tensors;

/// <summary>Element types that Keras and TensorFlow files hold.</summary>
/// <remarks>Names and sizes: <see cref="DTypes"/>. Numbers of a file format live with that format.</remarks>
public enum DType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64,

    /// <summary>Signed, 8 bits.</summary>
    Int8,

    /// <summary>Signed, 16 bits.</summary>
    Int16,

    /// <summary>Signed, 32 bits.</summary>
    Int32,

    /// <summary>Signed, 64 bits.</summary>
    Int64,

    /// <summary>IEEE half precision.</summary>
    Float16,

    /// <summary>The upper half of a <see cref="Float32"/>.</summary>
    BFloat16,

    /// <summary>IEEE single precision: Keras's default.</summary>
    Float32,

    /// <summary>IEEE double precision.</summary>
    Float64,

    /// <summary>Two <see cref="Float32"/>: real, imaginary.</summary>
    Complex64,

    /// <summary>Two <see cref="Float64"/>: real, imaginary.</summary>
    Complex128,

    /// <summary>Byte strings of any length.</summary>
    String,
}

/// <summary>Facts about <see cref="DType"/>.</summary>
public static class DTypes
{
    private static readonly string[] Names =
    [
        "bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64",
        "float16", "bfloat16", "float32", "float64", "complex64", "complex128", "string",
    ];

    private static readonly int[] Sizes = [1, 1, 2, 4, 8, 1, 2, 4, 8, 2, 2, 4, 8, 8, 16, 0];

    /// <summary>Every type, in the order of the enumeration.</summary>
    public static IReadOnlyList<DType> All { get; } = Enum.GetValues<DType>();

    /// <summary>The name that Keras and TensorFlow use, such as <c>float32</c>.</summary>
    public static string Name(this DType dtype) => Names[(int)dtype];

    /// <summary>Bytes per element; 0 for <see cref="DType.String"/>.</summary>
    public static int Size(this DType dtype) => Sizes[(int)dtype];

    /// <summary>True for float16, bfloat16, float32 and float64.</summary>
    public static bool IsFloating(this DType dtype) => dtype is >= DType.Float16 and <= DType.Float64;

    /// <summary>True for the signed and unsigned integers (not bool).</summary>
    public static bool IsInteger(this DType dtype) => dtype is >= DType.UInt8 and <= DType.Int64;

    /// <summary>Finds a type by Keras's name (also <c>half</c>, <c>float</c>, <c>double</c>, <c>boolean</c>, in any case).</summary>
    public static bool TryParse(string name, out DType dtype)
    {
        var index = Array.FindIndex(Names, known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            index = (int)(name.ToUpperInvariant() switch
            {
                "HALF" => DType.Float16,
                "FLOAT" or "SINGLE" => DType.Float32,
                "DOUBLE" => DType.Float64,
                "BOOLEAN" => DType.Bool,
                "BYTE" => DType.UInt8,
                "INT" => DType.Int32,
                _ => (DType)(-1),
            });
        }

        dtype = (DType)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>The type whose elements are <typeparamref name="T"/> in memory.</summary>
    /// <exception cref="NotSupportedException">No type has such elements.</exception>
    public static DType Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? DType.Float32
        : typeof(T) == typeof(double) ? DType.Float64
        : typeof(T) == typeof(Half) ? DType.Float16
        : typeof(T) == typeof(bool) ? DType.Bool
        : typeof(T) == typeof(byte) ? DType.UInt8
        : typeof(T) == typeof(sbyte) ? DType.Int8
        : typeof(T) == typeof(short) ? DType.Int16
        : typeof(T) == typeof(ushort) ? DType.UInt16
        : typeof(T) == typeof(int) ? DType.Int32
        : typeof(T) == typeof(uint) ? DType.UInt32
        : typeof(T) == typeof(long) ? DType.Int64
        : typeof(T) == typeof(ulong) ? DType.UInt64
        : typeof(T) == typeof(System.Numerics.Complex) ? DType.Complex128
        : throw new NotSupportedException($"No tensor element type is a {typeof(T).Name}.");
}
