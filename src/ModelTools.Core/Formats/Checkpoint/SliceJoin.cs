using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Puts the parts of a partitioned tensor together.</summary>
internal static class SliceJoin
{
    /// <summary>Copies every part to its place, row by row.</summary>
    /// <param name="shape">Shape of the whole.</param>
    /// <param name="width">Bytes of an element.</param>
    /// <param name="parts">Where each part starts, and the part.</param>
    public static OwnedData Join(Shape shape, int width, IEnumerable<(long[] Start, Tensor Part)> parts)
    {
        var whole = OwnedData.Allocate(checked(shape.ElementCount * width));
        foreach (var (start, part) in parts)
        {
            if (part.ElementCount > 0)
            {
                Copy(whole, shape, width, start, part);
            }
        }

        return whole;
    }

    private static void Copy(OwnedData whole, Shape shape, int width, long[] start, Tensor part)
    {
        // Trailing axes that the part spans whole lie together in both: one run.
        var axis = shape.Rank;
        var run = (long)width;
        while (axis > 0 && part.Shape[axis - 1] == shape[axis - 1])
        {
            run *= shape[--axis];
        }

        if (axis > 0)
        {
            run *= part.Shape[--axis];
        }

        var position = new long[axis];
        for (var source = 0L; source < part.Data.Length; source += run)
        {
            CopyRun(part.Data, source, whole, Offset(shape, width, start, position), run);
            for (var i = axis - 1; i >= 0 && ++position[i] == part.Shape[i]; i--)
            {
                position[i] = 0;
            }
        }
    }

    private static long Offset(Shape shape, int width, long[] start, long[] position)
    {
        var offset = 0L;
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            offset = (offset * shape[axis]) + start[axis] + (axis < position.Length ? position[axis] : 0);
        }

        return offset * width;
    }

    private static void CopyRun(TensorData source, long from, OwnedData target, long to, long length)
    {
        const int Step = 1 << 24;
        for (var done = 0L; done < length; done += Step)
        {
            source.Read(from + done, target.Span(to + done, (int)Math.Min(Step, length - done)));
        }
    }
}
