using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5.Structure;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5.Storage;

/// <summary>The data of a dataset that lies in chunks, put together when it is asked for.</summary>
internal sealed class ChunkedData
{
    private readonly Hdf5Image _image;
    private readonly ChunkedLayout _layout;
    private readonly Shape _shape;
    private readonly ReadOnlyMemory<byte> _fill;
    private readonly FilterPipeline _filters;
    private readonly ChunkGrid _grid;
    private readonly List<StoredChunk> _chunks;

    /// <summary>Reads the index of the chunks and checks it; data is not read yet.</summary>
    /// <exception cref="ModelToolsException">MT1002, MT1003, MT1009: damaged; MT2004: far more is declared than is stored; MT4005: a filter that cannot be undone.</exception>
    public ChunkedData(Hdf5Image image, ObjectHeader header, ChunkedLayout layout, Dataspace space, Datatype type, string location)
    {
        if (layout.ChunkShape.Length != space.Shape.Rank || layout.ElementSize != type.Size)
        {
            throw image.Corrupt($"The chunks of '{location}' have {layout.ChunkShape.Length} dimensions and elements of {layout.ElementSize} bytes; the dataset is {type.Description} {space.Shape}.", location);
        }

        (_image, _layout, _shape) = (image, layout, space.Shape);
        _fill = FillValue.Read(image, header);
        _filters = FilterPipeline.Read(image, header, location);
        _grid = new ChunkGrid(space, layout.ChunkShape);
        _chunks = ChunkIndex.Read(image, layout, _grid, !_filters.IsEmpty);
        Length = space.Shape.ElementCount * type.Size;
        StorageLimit.Check(image, Length, _chunks.Sum(chunk => chunk.Size), location);
        StorageLimit.Check(image, (long)_chunks.Count * layout.ChunkBytes, _chunks.Sum(chunk => chunk.Size), location);
    }

    /// <summary>Bytes of the dataset.</summary>
    public long Length { get; }

    /// <summary>Reads all chunks, each with the filters undone.</summary>
    /// <exception cref="ModelToolsException">MT1003, MT1009: a chunk is damaged.</exception>
    public OwnedData Read()
    {
        var data = OwnedData.Allocate(Length);
        if (_chunks.Count < _grid.Count)
        {
            Fill(data, _fill.Span);
        }

        foreach (var chunk in _chunks)
        {
            var stored = _image.File.Read(_image.Start + chunk.Address, checked((int)chunk.Size));
            var origin = _grid.Origin(chunk.Cell);
            Place(data, _layout.PlainEdges && SticksOut(origin) ? stored : _filters.Undo(stored, chunk.Mask, _layout.ChunkBytes), origin);
        }

        return data;
    }

    /// <summary>Fills bytes with one element over and over.</summary>
    public static void Fill(OwnedData data, ReadOnlySpan<byte> element)
    {
        const int Step = 1 << 20;
        var block = new byte[Math.Min(data.Length, Step)];
        if (element.Length > 0 && element.ContainsAnyExcept((byte)0))
        {
            block = new byte[Math.Max(1, Step / element.Length) * element.Length];
            for (var at = 0; at < block.Length; at += element.Length)
            {
                element.CopyTo(block.AsSpan(at));
            }
        }

        for (var offset = 0L; offset < data.Length; offset += block.Length)
        {
            var part = data.Span(offset, (int)Math.Min(block.Length, data.Length - offset));
            block.AsSpan(0, part.Length).CopyTo(part);
        }
    }

    private bool SticksOut(long[] origin)
    {
        for (var axis = 0; axis < origin.Length; axis++)
        {
            if (origin[axis] + _layout.ChunkShape[axis] > _shape[axis])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Copies the part of a chunk that lies inside of the dataset, in runs as long as memory allows.</summary>
    private void Place(OwnedData data, byte[] chunk, long[] origin)
    {
        if (chunk.Length != _layout.ChunkBytes)
        {
            throw _image.Corrupt($"A chunk holds {chunk.Length} bytes where {_layout.ChunkBytes} are needed.");
        }

        // Axes that a chunk spans whole are copied together with the one before them.
        var runAxis = _shape.Rank - 1;
        long runUnit = _layout.ElementSize;
        while (runAxis > 0 && _layout.ChunkShape[runAxis] == _shape[runAxis])
        {
            runUnit *= _shape[runAxis--];
        }

        var run = (int)(Math.Min(_layout.ChunkShape[runAxis], _shape[runAxis] - origin[runAxis]) * runUnit);
        Copy(0, 0, 0);

        void Copy(int axis, long source, long target)
        {
            // Both offsets count in elements of the axes before, row by row.
            if (axis == runAxis)
            {
                var from = source * _layout.ChunkShape[axis] * runUnit;
                var to = ((target * _shape[axis]) + origin[axis]) * runUnit;
                chunk.AsSpan((int)from, run).CopyTo(data.Span(to, run));
                return;
            }

            var extent = Math.Min(_layout.ChunkShape[axis], _shape[axis] - origin[axis]);
            for (var i = 0L; i < extent; i++)
            {
                Copy(axis + 1, (source * _layout.ChunkShape[axis]) + i, (target * _shape[axis]) + origin[axis] + i);
            }
        }
    }
}
