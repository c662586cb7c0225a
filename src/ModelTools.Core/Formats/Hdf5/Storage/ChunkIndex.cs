using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5.Structure;

namespace ModelTools.Formats.Hdf5.Storage;

/// <summary>A chunk that is in the file.</summary>
/// <param name="Cell">Its cell in the grid.</param>
/// <param name="Address">Where it lies.</param>
/// <param name="Size">Bytes it takes in the file.</param>
/// <param name="Mask">Filters that were left out for it, a bit each.</param>
internal readonly record struct StoredChunk(long Cell, long Address, long Size, uint Mask);

/// <summary>Lists the chunks of a dataset, whatever index it has.</summary>
internal sealed class ChunkIndex
{
    private const string What = "chunk index";

    private readonly Hdf5Image _image;
    private readonly ChunkedLayout _layout;
    private readonly ChunkGrid _grid;
    private readonly bool _filtered;
    private readonly List<StoredChunk> _chunks = [];
    private readonly HashSet<long> _cells = [];

    private ChunkIndex(Hdf5Image image, ChunkedLayout layout, ChunkGrid grid, bool filtered)
    {
        (_image, _layout, _grid, _filtered) = (image, layout, grid, filtered);
    }

    /// <summary>The chunks that are in the file; cells without one hold the fill value.</summary>
    /// <exception cref="ModelToolsException">MT1002, MT1003, MT1009: damaged; MT2007: a cell comes twice, or the chunks overlap.</exception>
    public static List<StoredChunk> Read(Hdf5Image image, ChunkedLayout layout, ChunkGrid grid, bool filtered)
    {
        var index = new ChunkIndex(image, layout, grid, filtered);
        if (layout.Address != Hdf5Image.Undefined)
        {
            index.Read();
        }

        return index._chunks;
    }

    private void Read()
    {
        switch (_layout.Index)
        {
            case ChunkIndexKind.BTree1:
                ReadBTree1();
                break;
            case ChunkIndexKind.Single:
                var (size, mask) = _layout.SingleFiltered ?? (_layout.ChunkBytes, 0);
                Add(0, _layout.Address, size, mask);
                break;
            case ChunkIndexKind.Implicit:
                ReadImplicit();
                break;
            case ChunkIndexKind.FixedArray:
                FixedArray.Read(_image, _layout.Address, (number, element) => AddElement(_grid.CellAmongMost(number), element));
                break;
            case ChunkIndexKind.ExtensibleArray:
                var slowest = Math.Max(_grid.GrowingAxis, 0);
                ExtensibleArray.Read(_image, _layout.Address, (number, element) => AddElement(_grid.CellAmongMost(number, slowest), element));
                break;
            case ChunkIndexKind.BTree2:
                ReadBTree2();
                break;
            default:
                throw _image.Unsupported($"A dataset has a chunk index of the unknown kind {(int)_layout.Index}.");
        }

        var total = _chunks.Sum(chunk => chunk.Size);
        if (total > _image.Length)
        {
            throw _image.Error(ErrorCode.StructureLimit, $"The chunks of a dataset are said to take {total} bytes of a file of {_image.Length}: they overlap.");
        }
    }

    private void ReadBTree1()
    {
        var rank = _layout.ChunkShape.Length;
        var places = new long[rank];
        foreach (var (key, child) in BTree1.Leaves(_image, _layout.Address, BTree1.Chunks, 8 + (8 * (rank + 1)), What))
        {
            var cursor = _image.Cursor(key.Span, What);
            long size = cursor.UInt32();
            var mask = cursor.UInt32();
            for (var axis = 0; axis < rank; axis++)
            {
                var at = cursor.Number(8);
                places[axis] = at % _layout.ChunkShape[axis] == 0 ? at / _layout.ChunkShape[axis]
                    : throw _image.Corrupt($"A chunk lies at {at} along an axis whose chunks are {_layout.ChunkShape[axis]} long.");
            }

            Add(_grid.Cell(places), child, _filtered ? size : _layout.ChunkBytes, mask);
        }
    }

    private void ReadImplicit()
    {
        // All cells are there, so the file must have room for them.
        if (_grid.Count > _image.Length / _layout.ChunkBytes)
        {
            throw _image.Error(ErrorCode.Truncated, $"A dataset of {_grid.Count} chunks does not fit into a file of {_image.Length} bytes.");
        }

        for (var number = 0L; number < _image.Length / _layout.ChunkBytes && _chunks.Count < _grid.Count; number++)
        {
            Add(_grid.CellAmongMost(number), _layout.Address + (number * _layout.ChunkBytes), _layout.ChunkBytes, 0);
        }
    }

    private void ReadBTree2()
    {
        var rank = _layout.ChunkShape.Length;
        var places = new long[rank];
        var tree = BTree2.Read(_image, _layout.Address, 10, 11);
        foreach (var record in tree.Records)
        {
            var element = record[..Math.Max(record.Length - (8 * rank), 0)].Span;
            var cursor = _image.Cursor(record.Span[element.Length..], What);
            for (var axis = 0; axis < rank; axis++)
            {
                places[axis] = cursor.Number(8);
            }

            AddElement(_grid.Cell(places), element);
        }
    }

    /// <summary>Adds a chunk from an address, followed by size and mask where chunks are filtered.</summary>
    private void AddElement(long cell, ReadOnlySpan<byte> element)
    {
        var cursor = _image.Cursor(element, What);
        var address = cursor.Address();
        if (address == Hdf5Image.Undefined)
        {
            return;
        }

        if (!_filtered)
        {
            Add(cell, address, _layout.ChunkBytes, 0);
            return;
        }

        var width = cursor.Remaining - 4;
        if (width is < 1 or > 8)
        {
            throw _image.Corrupt($"The chunk index at {_layout.Address} has elements of {element.Length} bytes.");
        }

        var size = cursor.Number(width);
        Add(cell, address, size, cursor.UInt32());
    }

    private void Add(long cell, long address, long size, uint mask)
    {
        _image.Require(address, size, "chunk");
        if (size > Array.MaxLength)
        {
            throw _image.Error(ErrorCode.SizeLimit, $"A chunk takes {size} bytes.");
        }

        if (cell < 0)
        {
            return; // Left from a time when the dataset was larger.
        }

        if (!_cells.Add(cell))
        {
            throw _image.Error(ErrorCode.StructureLimit, "A dataset has two chunks for the same place.");
        }

        _chunks.Add(new StoredChunk(cell, address, size, mask));
    }
}
