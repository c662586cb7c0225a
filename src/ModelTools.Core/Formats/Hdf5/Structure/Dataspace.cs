using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>The dimensions of a dataset or an attribute.</summary>
/// <param name="Shape">Dimensions; none for a scalar, (0,) for a null dataspace.</param>
/// <param name="Maximum">How far each dimension may grow; <see cref="Shape.Unknown"/> without limit.</param>
internal sealed record Dataspace(Shape Shape, Shape Maximum)
{
    private const string What = "dataspace";
    private const int HighestRank = 32;

    /// <summary>Reads the message.</summary>
    /// <exception cref="ModelToolsException">MT1003: damaged; MT2004: more elements than 63 bits can count.</exception>
    public static Dataspace Read(Hdf5Image image, ReadOnlySpan<byte> body)
    {
        var cursor = image.Cursor(body, What);
        var version = cursor.Version(1, 2);
        int rank = cursor.Byte(), flags = cursor.Byte(), kind = cursor.Byte();
        if (version == 1)
        {
            cursor.Skip(4);
        }
        else if (kind == 2)
        {
            return new Dataspace([0], [0]);
        }

        if (rank > HighestRank)
        {
            throw image.Corrupt($"A dataspace has {rank} dimensions.");
        }

        var shape = Dimensions(image, ref cursor, rank);
        var maximum = (flags & 1) != 0 ? Dimensions(image, ref cursor, rank, open: true) : shape;
        CheckCount(image, shape);
        return new Dataspace(shape, maximum);
    }

    private static Shape Dimensions(Hdf5Image image, ref Hdf5Cursor cursor, int rank, bool open = false)
    {
        var dimensions = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            dimensions[i] = cursor.Length();
            if (open && dimensions[i] == long.MaxValue)
            {
                dimensions[i] = Shape.Unknown;
            }
        }

        return Shape.Create(dimensions);
    }

    private static void CheckCount(Hdf5Image image, Shape shape)
    {
        // Sixteen bytes is the largest element of a tensor, so sizes in bytes cannot overflow either.
        var count = 1L;
        foreach (var dimension in shape)
        {
            if (dimension > 0 && count > long.MaxValue / 16 / dimension)
            {
                throw image.Error(ErrorCode.SizeLimit, $"A dataspace of {shape} elements is declared, more than any file can hold.");
            }

            count *= Math.Max(dimension, 1);
        }
    }
}
