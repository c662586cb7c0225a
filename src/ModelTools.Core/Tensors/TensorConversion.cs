using System.Numerics;
using System.Runtime.InteropServices;
using ModelTools.Diagnostics;

namespace ModelTools.Tensors;

/// <summary>The same numbers under another element type.</summary>
public static class TensorConversion
{
    private const int BlockElements = 1 << 16;

    /// <summary>Converts every element, as NumPy's <c>astype</c> and <c>tf.cast</c> do.</summary>
    /// <remarks>
    /// To a smaller float: nearest, ties to even, infinite beyond the range (bfloat16 by way of float32). Float to integer: toward zero; where C leaves the
    /// result open (NaN, out of range) it is 0 or the nearest integer of the type. Integer to a smaller integer: the low bits. To bool: not
    /// zero. Complex to real: the real part. The same type gives the same tensor.
    /// </remarks>
    /// <param name="tensor">Any tensor, also one whose bytes lie in a file.</param>
    /// <param name="target">The element type of the result.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="ModelToolsException">MT4004: strings are neither source nor target.</exception>
    public static Tensor Cast(this Tensor tensor, DType target, CancellationToken cancellation = default)
    {
        if (tensor.DType == target)
        {
            return tensor;
        }

        if (tensor.DType == DType.String || target == DType.String)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedDType, $"A {tensor.DType.Name()} tensor cannot be converted to {target.Name()}.");
        }

        var result = Tensor.Allocate(target, tensor.Shape, out var data);
        var sourceSize = tensor.DType.Size();
        byte[]? buffer = null;
        for (var start = 0L; start < tensor.ElementCount; start += BlockElements)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = (int)Math.Min(BlockElements, tensor.ElementCount - start);
            if (!tensor.Data.TryGetSpan(start * sourceSize, count * sourceSize, out var source))
            {
                buffer ??= new byte[BlockElements * sourceSize];
                tensor.Data.Read(start * sourceSize, buffer.AsSpan(0, count * sourceSize));
                source = buffer.AsSpan(0, count * sourceSize);
            }

            ElementCast.Convert(source, tensor.DType, data.Span(start * target.Size(), count * target.Size()), target);
        }

        return result;
    }

    /// <summary>Divides every element by one number, such as 255 for the pixels of an image; a tensor of whole numbers becomes float32 first.</summary>
    /// <param name="tensor">Numbers, not complex.</param>
    /// <param name="divisor">Not zero.</param>
    /// <exception cref="ModelToolsException">MT6004: the divisor is zero or not finite; MT4004: the elements are complex or strings.</exception>
    public static Tensor DivideBy(this Tensor tensor, double divisor)
    {
        if (divisor == 0 || !double.IsFinite(divisor))
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, "The number to divide by must be finite and not zero.");
        }

        if (tensor.DType is DType.Complex64 or DType.Complex128 or DType.String)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedDType, $"A {tensor.DType.Name()} tensor cannot be divided.");
        }

        return tensor.DType switch
        {
            DType.Float64 => Divide(tensor, divisor),
            DType.Float16 or DType.BFloat16 => Divide(tensor.Cast(DType.Float32), (float)divisor).Cast(tensor.DType),
            _ => Divide(tensor.Cast(DType.Float32), (float)divisor),
        };
    }

    private static Tensor Divide<T>(Tensor tensor, T divisor)
        where T : unmanaged, INumberBase<T>
    {
        var source = tensor.Data.Load();
        var result = Tensor.Allocate(tensor.DType, tensor.Shape, out var data);
        var step = BlockElements * tensor.DType.Size();
        for (var offset = 0L; offset < data.Length; offset += step)
        {
            var length = (int)Math.Min(step, data.Length - offset);
            var from = MemoryMarshal.Cast<byte, T>(source.Span(offset, length));
            var to = MemoryMarshal.Cast<byte, T>(data.Span(offset, length));
            var i = 0;
            for (; i <= from.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                (new Vector<T>(from[i..]) / new Vector<T>(divisor)).CopyTo(to[i..]);
            }

            for (; i < from.Length; i++)
            {
                to[i] = from[i] / divisor;
            }
        }

        return result;
    }
}
