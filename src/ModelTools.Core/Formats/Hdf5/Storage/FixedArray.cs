using ModelTools.Formats.Hdf5.Structure;

namespace ModelTools.Formats.Hdf5.Storage;

/// <summary>Takes one element of an array of chunks.</summary>
/// <param name="number">Its number.</param>
/// <param name="element">Its bytes.</param>
internal delegate void ChunkElement(long number, ReadOnlySpan<byte> element);

/// <summary>A chunk index for datasets that cannot grow without limit.</summary>
internal static class FixedArray
{
    private const string What = "fixed array of chunks";
    private const string BlockWhat = "block of a fixed array of chunks";

    /// <summary>Reads all elements.</summary>
    /// <exception cref="Diagnostics.ModelToolsException">MT1002, MT1003, MT1009: damaged.</exception>
    public static void Read(Hdf5Image image, long address, ChunkElement take)
    {
        var head = image.Cursor(image.ReadChecked(address, 8 + image.LengthSize + image.OffsetSize + 4, What), What);
        head.Signature("FAHD"u8);
        head.Version(0, 0);
        head.Skip(1);
        int elementSize = head.Byte(), pageBits = head.Byte();
        var count = head.Length();
        var block = head.Address();
        if (elementSize == 0 || pageBits > 32 || count > image.Length / elementSize)
        {
            throw image.Corrupt($"The fixed array of chunks at {address} has {count} elements of {elementSize} bytes.");
        }

        if (block == Hdf5Image.Undefined)
        {
            return;
        }

        var prefix = 6 + image.OffsetSize;
        var perPage = 1L << pageBits;
        if (count <= perPage)
        {
            var bytes = image.ReadChecked(block, prefix + (count * elementSize) + 4, BlockWhat);
            CheckPrefix(image, bytes, address);
            ArrayPage.Take(bytes.AsSpan(prefix..^4), elementSize, 0, take);
            return;
        }

        var pages = ((count - 1) / perPage) + 1;
        var written = (pages + 7) / 8;
        var start = image.ReadChecked(block, prefix + written + 4, BlockWhat);
        CheckPrefix(image, start, address);
        var position = block + start.Length;
        for (var page = 0L; page < pages; page++)
        {
            var elements = Math.Min(perPage, count - (page * perPage));
            var size = (elements * elementSize) + 4;
            if (ArrayPage.IsWritten(start.AsSpan(prefix), page))
            {
                ArrayPage.Take(image.ReadChecked(position, size, BlockWhat).AsSpan(..^4), elementSize, page * perPage, take);
            }

            position += size;
        }
    }

    private static void CheckPrefix(Hdf5Image image, byte[] block, long owner)
    {
        var cursor = image.Cursor(block, BlockWhat);
        cursor.Signature("FADB"u8);
        cursor.Version(0, 0);
        cursor.Skip(1);
        if (cursor.Address() != owner)
        {
            throw image.Corrupt($"The fixed array of chunks at {owner} has a block that belongs to another one.");
        }
    }
}

/// <summary>What the two arrays of chunks have in common.</summary>
internal static class ArrayPage
{
    /// <summary>Takes the elements of a page.</summary>
    public static void Take(ReadOnlySpan<byte> page, int elementSize, long first, ChunkElement take)
    {
        for (; page.Length >= elementSize; page = page[elementSize..])
        {
            take(first++, page[..elementSize]);
        }
    }

    /// <summary>Whether the bit of a page is set, counted from the highest bit of the first byte.</summary>
    public static bool IsWritten(ReadOnlySpan<byte> bits, long page) => (bits[(int)(page / 8)] & (0x80 >> (int)(page % 8))) != 0;
}
