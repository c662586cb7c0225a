using System.Numerics;
using ModelTools.Formats.Hdf5.Structure;

namespace ModelTools.Formats.Hdf5.Storage;

/// <summary>A chunk index for datasets that grow along one dimension: data blocks of doubling size behind an index block.</summary>
internal sealed class ExtensibleArray
{
    private const string What = "extensible array of chunks";
    private const string IndexWhat = "index block of an extensible array of chunks";
    private const string SecondaryWhat = "secondary block of an extensible array of chunks";
    private const string DataWhat = "data block of an extensible array of chunks";

    private readonly Hdf5Image _image;
    private readonly long _address;
    private readonly ChunkElement _take;
    private readonly int _elementSize;
    private readonly int _offsetSize;
    private readonly int _indexElements;
    private readonly int _smallestBlock;
    private readonly int _smallestSecondary;
    private readonly int _secondaryBlocks;
    private readonly long _perPage;
    private readonly long _used;
    private readonly long _index;

    private ExtensibleArray(Hdf5Image image, long address, ChunkElement take)
    {
        (_image, _address, _take) = (image, address, take);
        var head = image.Cursor(image.ReadChecked(address, 12 + (6 * image.LengthSize) + image.OffsetSize + 4, What), What);
        head.Signature("EAHD"u8);
        head.Version(0, 0);
        head.Skip(1);
        _elementSize = head.Byte();
        int bits = head.Byte();
        _indexElements = head.Byte();
        _smallestBlock = head.Byte();
        _smallestSecondary = head.Byte();
        int pageBits = head.Byte();
        head.Skip(4 * image.LengthSize);
        _used = head.Length();
        head.Skip(image.LengthSize);
        _index = head.Address();
        if (_elementSize == 0 || bits is 0 or > 62 || pageBits > 32 || !BitOperations.IsPow2(_smallestBlock) || !BitOperations.IsPow2(_smallestSecondary)
            || BitOperations.Log2((uint)_smallestBlock) > bits || _used > image.Length)
        {
            throw image.Corrupt($"The extensible array of chunks at {address} has impossible sizes.");
        }

        _offsetSize = (bits + 7) / 8;
        _perPage = 1L << pageBits;
        _secondaryBlocks = 1 + bits - BitOperations.Log2((uint)_smallestBlock);
    }

    /// <summary>Reads all elements.</summary>
    /// <exception cref="Diagnostics.ModelToolsException">MT1002, MT1003, MT1009: damaged.</exception>
    public static void Read(Hdf5Image image, long address, ChunkElement take)
    {
        var array = new ExtensibleArray(image, address, take);
        if (array._index != Hdf5Image.Undefined)
        {
            array.ReadIndex();
        }
    }

    private void ReadIndex()
    {
        // The data blocks of the first secondary blocks are named by the index block itself.
        var inlined = Math.Min(2 * BitOperations.Log2((uint)_smallestSecondary), _secondaryBlocks);
        var dataBlocks = 2 * (_smallestSecondary - 1);
        var prefix = 6 + _image.OffsetSize;
        var size = prefix + ((long)_indexElements * _elementSize) + ((long)(dataBlocks + _secondaryBlocks - inlined) * _image.OffsetSize) + 4;
        var block = _image.ReadChecked(_index, size, IndexWhat);
        CheckPrefix(block, "EAIB"u8, IndexWhat);
        ArrayPage.Take(block.AsSpan(prefix, _indexElements * _elementSize), _elementSize, 0, _take);

        var cursor = _image.Cursor(block, IndexWhat);
        cursor.Skip(prefix + (_indexElements * _elementSize));
        long first = _indexElements;
        for (var level = 0; level < _secondaryBlocks && first < _used; level++)
        {
            var (blocks, elements) = Level(level);
            if (level < inlined)
            {
                for (var i = 0; i < blocks; i++, first += elements)
                {
                    ReadData(cursor.Address(), elements, first, default, 0);
                }
            }
            else
            {
                ReadSecondary(cursor.Address(), blocks, elements, first);
                first += blocks * elements;
            }
        }
    }

    /// <summary>Number of data blocks of a level, and of the elements in each.</summary>
    private (long Blocks, long Elements) Level(int level) => (1L << (level / 2), (1L << ((level + 1) / 2)) * _smallestBlock);

    private void ReadSecondary(long address, long blocks, long elements, long first)
    {
        if (address == Hdf5Image.Undefined)
        {
            return;
        }

        var prefix = 6 + _image.OffsetSize + _offsetSize;
        var bytesPerBlock = elements > _perPage ? ((elements / _perPage) + 7) / 8 : 0;
        if (blocks > _image.Length / _image.OffsetSize || bytesPerBlock > _image.Length)
        {
            throw _image.Corrupt($"The extensible array of chunks at {_address} has a level of {blocks} blocks.");
        }

        var block = _image.ReadChecked(address, prefix + (blocks * (bytesPerBlock + _image.OffsetSize)) + 4, SecondaryWhat);
        CheckPrefix(block, "EASB"u8, SecondaryWhat);
        var cursor = _image.Cursor(block, SecondaryWhat);
        cursor.Skip(prefix);
        var written = cursor.Take(blocks * bytesPerBlock);
        for (var i = 0; i < blocks; i++, first += elements)
        {
            ReadData(cursor.Address(), elements, first, written, i * (elements / _perPage));
        }
    }

    /// <summary>Reads a data block.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="elements">Its size.</param>
    /// <param name="first">Number of its first element.</param>
    /// <param name="writtenPages">A bit for each page of all blocks of its level; empty where blocks have no pages.</param>
    /// <param name="firstPage">Which of the bits is that of its first page.</param>
    private void ReadData(long address, long elements, long first, ReadOnlySpan<byte> writtenPages, long firstPage)
    {
        if (address == Hdf5Image.Undefined)
        {
            return;
        }

        var prefix = 6 + _image.OffsetSize + _offsetSize;
        _image.Require(address, prefix, DataWhat);
        if (elements > _image.Length / _elementSize)
        {
            throw _image.Corrupt($"The extensible array of chunks at {_address} has a block of {elements} elements.");
        }

        if (writtenPages.IsEmpty)
        {
            var block = _image.ReadChecked(address, prefix + (elements * _elementSize) + 4, DataWhat);
            CheckPrefix(block, "EADB"u8, DataWhat);
            ArrayPage.Take(block.AsSpan(prefix..^4), _elementSize, first, _take);
            return;
        }

        CheckPrefix(_image.ReadChecked(address, prefix + 4, DataWhat), "EADB"u8, DataWhat);
        var (position, size) = (address + prefix + 4, (_perPage * _elementSize) + 4);
        for (var page = 0L; page < elements / _perPage; page++, position += size)
        {
            if (ArrayPage.IsWritten(writtenPages, firstPage + page))
            {
                ArrayPage.Take(_image.ReadChecked(position, size, DataWhat).AsSpan(..^4), _elementSize, first + (page * _perPage), _take);
            }
        }
    }

    private void CheckPrefix(byte[] block, ReadOnlySpan<byte> signature, string what)
    {
        var cursor = _image.Cursor(block, what);
        cursor.Signature(signature);
        cursor.Version(0, 0);
        cursor.Skip(1);
        if (cursor.Address() != _address)
        {
            throw _image.Corrupt($"The extensible array of chunks at {_address} has a block that belongs to another one.");
        }
    }
}
