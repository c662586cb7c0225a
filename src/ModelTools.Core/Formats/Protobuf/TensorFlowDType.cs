using ModelTools.Tensors;

namespace ModelTools.Formats.Protobuf;

/// <summary>TensorFlow's <c>DataType</c> numbers, which its checkpoints and graphs use.</summary>
internal static class TensorFlowDType
{
    /// <summary><c>DT_STRING</c>.</summary>
    public const int String = 7;

    /// <summary><c>DT_RESOURCE</c>: a handle to a variable or table.</summary>
    public const int Resource = 20;

    /// <summary><c>DT_VARIANT</c>.</summary>
    public const int Variant = 21;

    /// <summary>Numbers from here on are reference types (<c>DT_FLOAT_REF</c> = 101) of TensorFlow 1.</summary>
    private const int FirstReference = 100;

    private static readonly Row[] Rows =
    [
        new("invalid", 0, null), new("float32", 4, DType.Float32), new("float64", 8, DType.Float64), new("int32", 4, DType.Int32),
        new("uint8", 1, DType.UInt8), new("int16", 2, DType.Int16), new("int8", 1, DType.Int8), new("string", 0, DType.String),
        new("complex64", 8, DType.Complex64), new("int64", 8, DType.Int64), new("bool", 1, DType.Bool), new("qint8", 1, null),
        new("quint8", 1, null), new("qint32", 4, null), new("bfloat16", 2, DType.BFloat16), new("qint16", 2, null),
        new("quint16", 2, null), new("uint16", 2, DType.UInt16), new("complex128", 16, DType.Complex128), new("float16", 2, DType.Float16),
        new("resource", 0, null), new("variant", 0, null), new("uint32", 4, DType.UInt32), new("uint64", 8, DType.UInt64),
        new("float8_e5m2", 1, null), new("float8_e4m3fn", 1, null), new("float8_e4m3fnuz", 1, null), new("float8_e4m3b11fnuz", 1, null),
        new("float8_e5m2fnuz", 1, null), new("int4", 1, null), new("uint4", 1, null), new("int2", 1, null), new("uint2", 1, null),
        new("float4_e2m1fn", 1, null),
    ];

    private static readonly int[] Numbers = [.. DTypes.All.Select(dtype => Array.FindIndex(Rows, row => row.DType == dtype))];

    /// <summary>The number of a type.</summary>
    public static int Number(DType dtype) => Numbers[(int)dtype];

    /// <summary>The type with a number, or null where <see cref="DType"/> has none (quantized, float8, variant, unknown).</summary>
    public static DType? Find(int number) => Find(number, out var row) ? row.DType : null;

    /// <summary>True if TensorFlow has a type with this number.</summary>
    public static bool IsKnown(int number) => Find(number, out _);

    /// <summary>TensorFlow's name of a type, also of one that is not supported; <c>type 99</c> for an unknown number.</summary>
    public static string Name(int number) => Find(number, out var row) ? row.Name : $"type {number}";

    /// <summary>Bytes of an element where elements have a fixed size, else 0.</summary>
    public static int Size(int number) => Find(number, out var row) ? row.Size : 0;

    private static bool Find(int number, out Row row)
    {
        var plain = number > FirstReference ? number - FirstReference : number;
        var known = plain > 0 && plain < Rows.Length;
        row = Rows[known ? plain : 0];
        return known;
    }

    private readonly record struct Row(string Name, int Size, DType? DType);
}
