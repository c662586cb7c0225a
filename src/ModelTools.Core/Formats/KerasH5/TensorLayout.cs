using ModelTools.Tensors;

namespace ModelTools.Formats.KerasH5;

/// <summary>Rearranges stored weights. The data is read when the result is.</summary>
internal static class TensorLayout
{
    /// <summary>The tensor with its axes in another order, as NumPy's <c>transpose</c>.</summary>
    public static Tensor Permuted(this Tensor tensor, int[] order)
    {
        Shape shape = [.. order.Select(axis => tensor.Shape[axis])];
        return Gathered(tensor, shape, order, 0);
    }

    /// <summary>The tensor turned around along its first axes.</summary>
    public static Tensor Flipped(this Tensor tensor, int axes) => Gathered(tensor, tensor.Shape, [.. Enumerable.Range(0, tensor.Shape.Rank)], axes);

    /// <summary>Tensors of one type side by side on the last axis.</summary>
    public static Tensor JoinedOnLastAxis(this IReadOnlyList<Tensor> tensors)
    {
        var first = tensors[0];
        if (first.Shape.Rank == 0 || tensors.Any(tensor => tensor.DType != first.DType || !tensor.Shape.With(-1, 0).Equals(first.Shape.With(-1, 0))))
        {
            return first;
        }

        var shape = first.Shape.With(-1, tensors.Sum(tensor => tensor.Shape[^1]));
        return Lazy(first.DType, shape, target =>
        {
            var rows = shape[^1] == 0 ? 0 : shape.ElementCount / shape[^1];
            var position = 0L;
            for (var row = 0L; row < rows; row++)
            {
                foreach (var tensor in tensors)
                {
                    var length = (int)(tensor.Shape[^1] * tensor.DType.Size());
                    tensor.Data.Read(row * length, target.Span(position, length));
                    position += length;
                }
            }
        });
    }

    private static Tensor Gathered(Tensor tensor, Shape shape, int[] order, int flipped)
    {
        var strides = new long[shape.Rank];
        var stride = 1L;
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= tensor.Shape[axis];
        }

        return Lazy(tensor.DType, shape, target =>
        {
            var size = tensor.DType.Size();
            var source = tensor.Data.Load();
            var index = new long[shape.Rank];
            for (var position = 0L; position < shape.ElementCount; position++)
            {
                var from = 0L;
                for (var axis = 0; axis < index.Length; axis++)
                {
                    from += (axis < flipped ? shape[axis] - 1 - index[axis] : index[axis]) * strides[order[axis]];
                }

                source.Span(from * size, size).CopyTo(target.Span(position * size, size));
                for (var axis = index.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
                {
                    index[axis] = 0;
                }
            }
        });
    }

    private static Tensor Lazy(DType dtype, Shape shape, Action<OwnedData> fill)
    {
        var length = shape.ElementCount * dtype.Size();
        return new Tensor(dtype, shape, new LazyData(length, () =>
        {
            var data = OwnedData.Allocate(length);
            fill(data);
            return data;
        }));
    }
}
