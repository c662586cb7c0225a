using System.Numerics;
using ModelTools.Diagnostics;

namespace ModelTools.Tensors;

/// <summary>Tensors from and to the arrays of .NET and PowerShell.</summary>
public static class TensorArrays
{
    /// <summary>Makes a tensor of a number, an array, an array of arrays, or an array of tensors.</summary>
    /// <remarks>
    /// An array whose type says what it holds (<c>byte[]</c>, <c>float[,]</c>, <c>string[]</c>) keeps that type. Loose values
    /// (<c>object[]</c>) become bool, string, int32 (int64 where one does not fit), or float32 as soon as one is a float: as in <c>tf.constant</c>.
    /// </remarks>
    /// <param name="value">What to convert.</param>
    /// <param name="dtype">Element type of the result; null for that of the values.</param>
    /// <param name="unwrap">Takes a wrapper off each value (PowerShell's <c>PSObject</c>); null where there is none.</param>
    /// <exception cref="ModelToolsException">MT6004: ragged arrays, or values that are no numbers, texts or booleans; MT4004: the type does not fit the values.</exception>
    public static Tensor FromNested(object? value, DType? dtype = null, Func<object?, object?>? unwrap = null)
    {
        var gathered = new NestedValues(unwrap ?? (inner => inner));
        gathered.Add(value, 0);
        var tensor = gathered.ToTensor();
        return dtype is { } wanted ? tensor.Cast(wanted) : tensor;
    }

    /// <summary>The elements, in row-major order, as an array of a type of .NET; converted where that is another type.</summary>
    /// <typeparam name="T">A number or bool.</typeparam>
    /// <exception cref="ModelToolsException">MT4004: strings, or more than an array can hold.</exception>
    public static T[] ToArray<T>(this Tensor tensor)
        where T : unmanaged => tensor.Cast(DTypes.Of<T>()).AsSpan<T>().ToArray();

    /// <summary>The elements as an array of arrays, one level per dimension, the innermost ones typed: <c>float[]</c> in <c>object[]</c>; a single number as itself.</summary>
    /// <remarks>bfloat16 becomes <c>float</c>, complex64 <see cref="Complex"/>, strings <c>string</c>.</remarks>
    public static object ToNested(this Tensor tensor)
    {
        var flat = ToFlat(tensor);
        var position = 0;
        return tensor.Shape.Rank == 0 ? flat.GetValue(0)! : Nest(flat, tensor.Shape, 0, ref position);
    }

    private static Array Nest(Array flat, Shape shape, int axis, ref int position)
    {
        var count = (int)shape[axis];
        if (axis == shape.Rank - 1)
        {
            var row = Array.CreateInstance(flat.GetType().GetElementType()!, count);
            Array.Copy(flat, position, row, 0, count);
            position += count;
            return row;
        }

        var rows = new object[count];
        for (var i = 0; i < count; i++)
        {
            rows[i] = Nest(flat, shape, axis + 1, ref position);
        }

        return rows;
    }

    internal static Array ToFlat(Tensor tensor) => tensor.DType switch
    {
        DType.Bool => tensor.ToArray<bool>(),
        DType.UInt8 => tensor.ToArray<byte>(),
        DType.UInt16 => tensor.ToArray<ushort>(),
        DType.UInt32 => tensor.ToArray<uint>(),
        DType.UInt64 => tensor.ToArray<ulong>(),
        DType.Int8 => tensor.ToArray<sbyte>(),
        DType.Int16 => tensor.ToArray<short>(),
        DType.Int32 => tensor.ToArray<int>(),
        DType.Int64 => tensor.ToArray<long>(),
        DType.Float16 => tensor.ToArray<Half>(),
        DType.BFloat16 or DType.Float32 => tensor.ToArray<float>(),
        DType.Float64 => tensor.ToArray<double>(),
        DType.Complex64 or DType.Complex128 => tensor.ToArray<Complex>(),
        _ => ((StringData)tensor.Data).ToStrings().ToArray(),
    };
}
