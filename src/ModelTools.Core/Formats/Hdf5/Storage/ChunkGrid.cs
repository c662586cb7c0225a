using ModelTools.Formats.Hdf5.Structure;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5.Storage;

/// <summary>How chunks cover a dataset: its cells, numbered row by row.</summary>
internal sealed class ChunkGrid
{
    private readonly long[] _chunk;
    private readonly long[] _cells;
    private readonly long[] _mostCells;

    /// <summary>Lays chunks over a dataset.</summary>
    /// <param name="space">Its dimensions.</param>
    /// <param name="chunk">Dimensions of a chunk, of the same rank.</param>
    public ChunkGrid(Dataspace space, long[] chunk)
    {
        _chunk = chunk;
        _cells = [.. space.Shape.Select((extent, axis) => Parts(extent, chunk[axis]))];
        _mostCells = [.. space.Maximum.Select((extent, axis) => extent == Shape.Unknown ? long.MaxValue : Parts(extent, chunk[axis]))];
        GrowingAxis = Array.IndexOf(_mostCells, long.MaxValue);
        Count = _cells.Aggregate(1L, (product, cells) => product * cells);
    }

    /// <summary>Number of cells in use.</summary>
    public long Count { get; }

    /// <summary>The axis without limit, or -1.</summary>
    public int GrowingAxis { get; }

    /// <summary>The number of the cell with these places along the axes, or -1 if it lies outside of the dataset.</summary>
    public long Cell(ReadOnlySpan<long> places)
    {
        var cell = 0L;
        for (var axis = 0; axis < _cells.Length; axis++)
        {
            if (places[axis] < 0 || places[axis] >= _cells[axis])
            {
                return -1;
            }

            cell = (cell * _cells[axis]) + places[axis];
        }

        return cell;
    }

    /// <summary>The cell with a number among all that the dataset may grow to, or -1 if it lies outside of the dataset as it is.</summary>
    /// <param name="index">The number.</param>
    /// <param name="slowest">The axis that counts slowest; the others follow in order.</param>
    public long CellAmongMost(long index, int slowest = 0)
    {
        Span<long> places = stackalloc long[_cells.Length];
        for (var axis = _cells.Length - 1; axis >= 0; axis--)
        {
            if (axis != slowest)
            {
                (index, places[axis]) = Math.DivRem(index, Math.Max(_mostCells[axis], 1));
            }
        }

        places[slowest] = index;
        return Cell(places);
    }

    /// <summary>The first element of a cell along each axis.</summary>
    public long[] Origin(long cell)
    {
        var origin = new long[_cells.Length];
        for (var axis = _cells.Length - 1; axis >= 0; axis--)
        {
            (cell, var place) = Math.DivRem(cell, _cells[axis]);
            origin[axis] = place * _chunk[axis];
        }

        return origin;
    }

    private static long Parts(long extent, long part) => (extent / part) + (extent % part != 0 ? 1 : 0);
}
