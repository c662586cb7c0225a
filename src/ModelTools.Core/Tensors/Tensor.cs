using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ModelTools.Diagnostics;

namespace ModelTools.Tensors;

/// <summary>A typed array of any rank: element type, shape and bytes. Immutable by convention.</summary>
public sealed class Tensor
{
    /// <summary>Joins a type, a shape and bytes.</summary>
    /// <param name="dtype">Element type.</param>
    /// <param name="shape">A shape without open dimensions.</param>
    /// <param name="data">Row-major little-endian bytes; <see cref="StringData"/> for strings.</param>
    /// <exception cref="ArgumentException">The bytes do not have the length that type and shape need.</exception>
    public Tensor(DType dtype, Shape shape, TensorData data)
    {
        var count = shape.ElementCount;
        var fits = dtype == DType.String ? data is StringData text && text.Elements.Count == count : data.Length == count * dtype.Size();
        if (count < 0 || !fits)
        {
            throw new ArgumentException($"A {dtype.Name()} tensor of shape {shape} does not take {data.Length} bytes.", nameof(data));
        }

        DType = dtype;
        Shape = shape;
        Data = data;
    }

    /// <summary>Element type.</summary>
    public DType DType { get; }

    /// <summary>Dimensions, all known.</summary>
    public Shape Shape { get; }

    /// <summary>The bytes.</summary>
    public TensorData Data { get; }

    /// <summary>Number of elements.</summary>
    public long ElementCount => Shape.ElementCount;

    /// <summary>Makes a tensor that uses an array's bytes (copied).</summary>
    public static Tensor FromArray<T>(ReadOnlySpan<T> values, Shape shape)
        where T : unmanaged
    {
        var data = OwnedData.Allocate((long)values.Length * Unsafe.SizeOf<T>());
        MemoryMarshal.AsBytes(values).CopyTo(data.Span(0, (int)data.Length));
        return new Tensor(DTypes.Of<T>(), shape, data);
    }

    /// <summary>Makes a tensor that uses an array's bytes (copied).</summary>
    public static Tensor FromArray<T>(T[] values, params long[] shape)
        where T : unmanaged =>
        FromArray<T>(values.AsSpan(), Shape.Create(shape.Length == 0 ? [values.Length] : shape));

    /// <summary>A tensor of rank 0.</summary>
    public static Tensor Scalar<T>(T value)
        where T : unmanaged => FromArray<T>([value], Shape.Scalar);

    /// <summary>A tensor of strings, stored as UTF-8.</summary>
    public static Tensor FromStrings(IEnumerable<string> values, Shape shape) =>
        new(DType.String, shape, new StringData([.. values.Select(Encoding.UTF8.GetBytes)]));

    /// <summary>Takes memory for a tensor, not cleared, to be filled through <see cref="OwnedData.Span"/>.</summary>
    public static Tensor Allocate(DType dtype, Shape shape, out OwnedData data)
    {
        data = OwnedData.Allocate(checked(shape.ElementCount * dtype.Size()));
        return new Tensor(dtype, shape, data);
    }

    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(DType dtype, Shape shape)
    {
        var tensor = Allocate(dtype, shape, out var data);
        for (var offset = 0L; offset < data.Length; offset += 1 << 30)
        {
            data.Span(offset, (int)Math.Min(1 << 30, data.Length - offset)).Clear();
        }

        return tensor;
    }

    /// <summary>The elements as they lie in memory (read first if they lie in a file).</summary>
    /// <typeparam name="T">The element's type in memory; ushort for bfloat16.</typeparam>
    /// <exception cref="ModelToolsException">MT4004: more than 2^31 bytes, which a span cannot hold.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != DType.Size())
        {
            throw new ArgumentException($"Elements are {DType.Name()}, not {typeof(T).Name}.");
        }

        if (Data.Length > int.MaxValue)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedDType, $"A tensor of {Data.Length} bytes cannot be taken as one span; read it in parts.");
        }

        var owned = Data.Load();
        return MemoryMarshal.Cast<byte, T>(owned.Span(0, (int)owned.Length));
    }

    /// <summary>The same elements under another shape.</summary>
    /// <param name="shape">The shape; one extent may be -1, for what is left.</param>
    /// <exception cref="ModelToolsException">MT6004: the shape does not hold as many elements.</exception>
    public Tensor Reshape(Shape shape)
    {
        var open = shape.Count(extent => extent < 0);
        var known = shape.Where(extent => extent >= 0).Aggregate(1L, (product, extent) => product * extent);
        if (open > 1 || (open == 1 ? known == 0 || ElementCount % known != 0 : known != ElementCount))
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"A tensor of shape {Shape} with {ElementCount} elements cannot take the shape {shape}.");
        }

        return new Tensor(DType, [.. shape.Select(extent => extent < 0 ? ElementCount / known : extent)], Data);
    }

    /// <summary>A copy of the elements in row-major order: float[], long[], string[] …; bfloat16 as float[].</summary>
    public Array ToArray() => TensorArrays.ToFlat(this);

    /// <summary>The same tensor with its bytes in memory, independent of any file.</summary>
    /// <param name="cancellation">Stops the reading between blocks.</param>
    public Tensor Load(CancellationToken cancellation = default) => Data is OwnedData or StringData ? this : new Tensor(DType, Shape, Data.Load(cancellation));

    /// <summary>For instance <c>float32 (784, 256)</c>.</summary>
    public override string ToString() => $"{DType.Name()} {Shape}";
}
