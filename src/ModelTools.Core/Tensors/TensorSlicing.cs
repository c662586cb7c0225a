using ModelTools.Diagnostics;

namespace ModelTools.Tensors;

/// <summary>Parts and batches along the first axis.</summary>
public static class TensorSlicing
{
    /// <summary>Some rows along the first axis: a view of the same bytes, not a copy.</summary>
    /// <param name="tensor">Of rank 1 or more: <c>[rows, …]</c>.</param>
    /// <param name="start">First row.</param>
    /// <param name="count">Number of rows; what lies beyond the last is left out.</param>
    /// <exception cref="ModelToolsException">MT6004: a single number has no rows; the first row lies beyond the last; a negative number.</exception>
    public static Tensor Rows(this Tensor tensor, long start, long count)
    {
        if (tensor.Shape.Rank == 0)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, "A single number has no rows to choose from.");
        }

        var rows = tensor.Shape[0];
        if (start < 0 || count < 0 || start > rows)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"Rows {start} and on, {count} of them, are not in a tensor of {rows} rows.");
        }

        count = Math.Min(count, rows - start);
        if (count == rows)
        {
            return tensor;
        }

        var shape = tensor.Shape.With(0, count);
        var perRow = rows == 0 ? 0 : tensor.ElementCount / rows;
        return tensor.Data is StringData text
            ? new Tensor(tensor.DType, shape, new StringData([.. text.Elements.Skip((int)(start * perRow)).Take((int)(count * perRow))]))
            : new Tensor(tensor.DType, shape, tensor.Data.Slice(start * perRow * tensor.DType.Size(), count * perRow * tensor.DType.Size()));
    }

    /// <summary>Joins tensors of one type and shape along a new first axis, as NumPy's <c>stack</c> does.</summary>
    /// <exception cref="ModelToolsException">MT6004: none, or they differ in type or shape.</exception>
    public static Tensor Stack(IReadOnlyList<Tensor> tensors)
    {
        if (tensors.Count == 0)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, "There is no tensor to stack.");
        }

        var first = tensors[0];
        for (var i = 1; i < tensors.Count; i++)
        {
            if (tensors[i].DType != first.DType || !tensors[i].Shape.Equals(first.Shape))
            {
                throw new ModelToolsException(ErrorCode.InvalidArgument, $"Tensors to stack must be alike: number 1 is {first}, number {i + 1} is {tensors[i]}.");
            }
        }

        Shape shape = [tensors.Count, .. first.Shape];
        if (first.DType == DType.String)
        {
            return new Tensor(DType.String, shape, new StringData([.. tensors.SelectMany(tensor => ((StringData)tensor.Data).Elements)]));
        }

        var result = Tensor.Allocate(first.DType, shape, out var data);
        var position = 0L;
        foreach (var tensor in tensors)
        {
            Copy(tensor.Data, data, position);
            position += tensor.Data.Length;
        }

        return result;
    }

    private static void Copy(TensorData source, OwnedData target, long position)
    {
        const int Step = 64 << 20;
        for (var offset = 0L; offset < source.Length; offset += Step)
        {
            source.Read(offset, target.Span(position + offset, (int)Math.Min(Step, source.Length - offset)));
        }
    }
}
