using System.Numerics;

namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>The heap in which new-style groups keep many links, and objects many or large attributes.</summary>
internal sealed class FractalHeap
{
    private const string What = "fractal heap";
    private const string BlockWhat = "fractal heap block";
    private const int LargestRowCount = 64;

    private readonly Hdf5Image _image;
    private readonly long _address;
    private readonly bool _blocksHaveChecksums;
    private readonly int _width;
    private readonly long _startSize;
    private readonly int _directRows;
    private readonly int _offsetSize;
    private readonly int _lengthSize;
    private readonly long _root;
    private readonly int _rootRows;
    private readonly long _hugeIndex;
    private readonly Dictionary<long, ReadOnlyMemory<byte>> _blocks = [];
    private Dictionary<long, (long Address, long Length)>? _huge;

    private FractalHeap(Hdf5Image image, long address, ref Hdf5Cursor cursor)
    {
        (_image, _address) = (image, address);
        cursor.Signature("FRHP"u8);
        cursor.Version(0, 0);
        IdentityLength = cursor.UInt16();
        if (cursor.UInt16() != 0)
        {
            throw image.Unsupported("The file keeps links or attributes in a compressed heap, which is not read.");
        }

        _blocksHaveChecksums = (cursor.Byte() & 2) != 0;
        long largestManaged = cursor.UInt32();
        cursor.Length();
        _hugeIndex = cursor.Address();
        cursor.Length();
        cursor.Address();
        cursor.Skip(8 * image.LengthSize);
        _width = cursor.UInt16();
        _startSize = cursor.Length();
        var largestDirect = cursor.Length();
        int bits = cursor.UInt16();
        cursor.Skip(2);
        _root = cursor.Address();
        _rootRows = cursor.UInt16();
        if (!BitOperations.IsPow2(_width) || !BitOperations.IsPow2(_startSize) || !BitOperations.IsPow2(largestDirect)
            || largestDirect < _startSize || bits is 0 or > 64 || _rootRows > LargestRowCount || IdentityLength < 2)
        {
            throw image.Corrupt($"The fractal heap at {address} has impossible sizes.");
        }

        _offsetSize = (bits + 7) / 8;
        _lengthSize = Math.Min((BitOperations.Log2((ulong)largestDirect) + 7) / 8, (BitOperations.Log2((ulong)Math.Max(largestManaged, 1)) / 8) + 1);
        _directRows = BitOperations.Log2((ulong)largestDirect) - BitOperations.Log2((ulong)_startSize) + 2;
    }

    /// <summary>Bytes of the identity of an object.</summary>
    public int IdentityLength { get; }

    /// <summary>Reads the header of a heap.</summary>
    /// <exception cref="Diagnostics.ModelToolsException">MT1002, MT1003, MT1009: damaged; MT4005: the heap is compressed.</exception>
    public static FractalHeap Open(Hdf5Image image, long address)
    {
        var size = 4 + 1 + 2 + 2 + 1 + 4 + (12 * image.LengthSize) + (3 * image.OffsetSize) + 2 + 2 + 2 + 2 + 4;
        var cursor = image.Cursor(image.ReadChecked(address, size, What), What);
        return new FractalHeap(image, address, ref cursor);
    }

    /// <summary>Reads an object.</summary>
    /// <param name="identity">Its identity, of <see cref="IdentityLength"/> bytes.</param>
    /// <exception cref="Diagnostics.ModelToolsException">MT1002, MT1003, MT1009: it is not there.</exception>
    public ReadOnlyMemory<byte> Get(ReadOnlySpan<byte> identity)
    {
        var cursor = _image.Cursor(identity, "heap identity");
        int head = cursor.Byte();
        switch ((head >> 4) & 3)
        {
            case 0:
                return Managed(cursor.Number(_offsetSize), cursor.Number(_lengthSize));
            case 1:
                return Huge(ref cursor);
            case 2:
                var length = IdentityLength > 17 ? (((head & 15) << 8) | cursor.Byte()) + 1 : (head & 15) + 1;
                return cursor.Take(length).ToArray();
            default:
                throw _image.Corrupt($"The fractal heap at {_address} is asked for an object of an unknown kind.");
        }
    }

    private ReadOnlyMemory<byte> Huge(ref Hdf5Cursor cursor)
    {
        if (cursor.Remaining >= _image.OffsetSize + _image.LengthSize)
        {
            return _image.ReadBlock(cursor.Address(), cursor.Length(), "large heap object");
        }

        var key = cursor.Number(Math.Min(cursor.Remaining, 8));
        _huge ??= ReadHugeIndex();
        return _huge.TryGetValue(key, out var place)
            ? _image.ReadBlock(place.Address, place.Length, "large heap object")
            : throw _image.Corrupt($"The fractal heap at {_address} has no large object {key}.");
    }

    private Dictionary<long, (long Address, long Length)> ReadHugeIndex()
    {
        var index = new Dictionary<long, (long, long)>();
        foreach (var record in BTree2.Read(_image, _hugeIndex, 1, 1).Records)
        {
            var cursor = _image.Cursor(record.Span, "large heap objects");
            var place = (cursor.Address(), cursor.Length());
            index[cursor.Length()] = place;
        }

        return index;
    }

    private ReadOnlyMemory<byte> Managed(long offset, long length)
    {
        var (block, start) = _rootRows == 0 ? (Direct(_root, _startSize), 0L) : Find(_root, 0, _rootRows, offset);
        var at = offset - start;
        return at >= 0 && at <= block.Length && length <= block.Length - at ? block.Slice((int)at, (int)length)
            : throw _image.Corrupt($"The fractal heap at {_address} has no object at {offset} of {length} bytes.");
    }

    /// <summary>Finds the direct block that holds an offset, and the offset at which that block starts.</summary>
    private (ReadOnlyMemory<byte> Block, long Start) Find(long indirect, long start, int rows, long offset)
    {
        while (true)
        {
            var (row, column, blockStart, blockSize) = Place(offset - start);
            if (row < 0 || row >= rows)
            {
                throw _image.Corrupt($"The fractal heap at {_address} does not reach to {offset}.");
            }

            var child = Child(indirect, rows, (row * _width) + column);
            if (row < _directRows)
            {
                return (Direct(child, blockSize), start + blockStart);
            }

            start += blockStart;
            indirect = child;
            var childRows = BitOperations.Log2((ulong)blockSize) - BitOperations.Log2((ulong)_startSize * (ulong)_width) + 1;

            // A child spans less than its parent, so this ends.
            rows = childRows > 0 && childRows <= row ? childRows : throw _image.Corrupt($"The fractal heap at {_address} has impossible sizes.");
        }
    }

    /// <summary>Row and column of an offset within an indirect block, where the block there starts, and its size.</summary>
    private (int Row, int Column, long Start, long Size) Place(long offset)
    {
        var firstRow = _startSize * _width;
        if (offset < 0 || firstRow <= 0)
        {
            return (-1, 0, 0, 0);
        }

        if (offset < firstRow)
        {
            var first = offset / _startSize;
            return (0, (int)first, first * _startSize, _startSize);
        }

        var row = BitOperations.Log2((ulong)(offset / firstRow)) + 1;
        var (rowStart, size) = (firstRow << (row - 1), _startSize << (row - 1));
        var column = (offset - rowStart) / size;
        return (row, (int)column, rowStart + (column * size), size);
    }

    private long Child(long indirect, int rows, int entry)
    {
        if (!_blocks.TryGetValue(indirect, out var block))
        {
            var prefix = 5 + _image.OffsetSize + _offsetSize;
            block = _image.ReadChecked(indirect, prefix + ((long)rows * _width * _image.OffsetSize) + 4, BlockWhat);
            CheckPrefix(block.Span, "FHIB"u8);
            block = block[prefix..^4];
            _blocks.Add(indirect, block);
        }

        var cursor = _image.Cursor(block.Span, BlockWhat);
        cursor.Skip((long)entry * _image.OffsetSize);
        return cursor.Address();
    }

    private ReadOnlyMemory<byte> Direct(long address, long size)
    {
        if (!_blocks.TryGetValue(address, out var known))
        {
            var block = _image.ReadBlock(address, size, BlockWhat);
            CheckPrefix(block, "FHDB"u8);
            if (_blocksHaveChecksums && _image.VerifiesChecksums)
            {
                CheckDirect(block, address);
            }

            known = block;
            _blocks.Add(address, known);
        }

        return known;
    }

    private void CheckPrefix(ReadOnlySpan<byte> block, ReadOnlySpan<byte> signature)
    {
        var cursor = _image.Cursor(block, BlockWhat);
        cursor.Signature(signature);
        cursor.Version(0, 0);
        if (cursor.Address() != _address)
        {
            throw _image.Corrupt($"The fractal heap at {_address} has a block that belongs to another heap.");
        }
    }

    /// <summary>The checksum stands behind the prefix and counts as zero in itself.</summary>
    private void CheckDirect(byte[] block, long address)
    {
        var at = 5 + _image.OffsetSize + _offsetSize;
        var copy = block.AsSpan().ToArray();
        var stored = _image.Cursor(block.AsSpan(Math.Min(at, block.Length)), BlockWhat).UInt32();
        copy.AsSpan(at, 4).Clear();
        if (Lookup3.Hash(copy) != stored)
        {
            throw _image.Error(Diagnostics.ErrorCode.ChecksumMismatch, $"The {BlockWhat} at {address} does not match its checksum.");
        }
    }
}
