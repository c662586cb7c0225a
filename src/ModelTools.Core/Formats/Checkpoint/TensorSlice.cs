using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>A box inside a tensor (<c>TensorSliceProto</c>): per dimension where it starts and how long it is; -1 is the whole dimension.</summary>
/// <param name="Extents">Start and length per dimension.</param>
internal sealed record TensorSlice(IReadOnlyList<(long Start, long Length)> Extents)
{
    private const long Whole = -1;

    /// <summary>Reads a slice.</summary>
    public static TensorSlice Read(ProtoReader reader)
    {
        List<(long, long)> extents = [];
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                var extent = reader.Message();
                long start = 0, length = Whole;
                while (extent.Next())
                {
                    switch (extent.Field)
                    {
                        case 1: start = extent.Int64(); break;
                        case 2: length = extent.Int64(); break;
                    }
                }

                extents.Add((start, length));
            }
        }

        return new TensorSlice(extents);
    }

    /// <summary>The box inside a tensor of a shape, every length known; null if it does not lie inside.</summary>
    public (long[] Start, Shape Shape)? Within(Shape shape)
    {
        if (Extents.Count != shape.Rank)
        {
            return null;
        }

        var starts = new long[shape.Rank];
        var lengths = new long[shape.Rank];
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            var (start, length) = Extents[axis];
            length = length == Whole && start == 0 ? shape[axis] : length;
            if (start < 0 || length < 0 || start > shape[axis] - length)
            {
                return null;
            }

            starts[axis] = start;
            lengths[axis] = length;
        }

        return (starts, Shape.Create(lengths));
    }

    /// <summary>The key of the slice's own entry: an order-preserving code of the tensor's name and the extents.</summary>
    public byte[] Key(ReadOnlySpan<byte> name)
    {
        var key = new List<byte>(name.Length + (4 * Extents.Count) + 8);
        OrderedCode.AppendNumber(key, 0);
        OrderedCode.AppendString(key, name);
        OrderedCode.AppendNumber(key, (ulong)Extents.Count);
        foreach (var (start, length) in Extents)
        {
            OrderedCode.AppendSigned(key, start);
            OrderedCode.AppendSigned(key, length);
        }

        return [.. key];
    }
}
