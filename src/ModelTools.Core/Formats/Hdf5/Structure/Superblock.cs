using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>The first structure of an HDF5 file: sizes, the end, and where the root group is.</summary>
internal static class Superblock
{
    /// <summary>What every HDF5 file starts with, after a user block of 0, 512, 1024, ... bytes.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    private const int SmallestSize = 8 + 4 + (4 * 2) + 4;
    private const int LargestSize = 8 + 16 + (4 * 8) + 40;

    /// <summary>Finds the signature.</summary>
    /// <returns>Its distance from <paramref name="start"/>, or -1.</returns>
    public static long Find(SourceFile file, long start, long length)
    {
        Span<byte> bytes = stackalloc byte[Signature.Length];
        for (var offset = 0L; offset <= length - bytes.Length; offset = offset == 0 ? 512 : offset * 2)
        {
            file.Read(start + offset, bytes);
            if (bytes.SequenceEqual(Signature))
            {
                return offset;
            }
        }

        return -1;
    }

    /// <summary>Reads the superblock.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="start">Where the HDF5 file, or its user block, starts.</param>
    /// <param name="length">Bytes from there on that belong to it.</param>
    /// <param name="limits">What the file may ask for.</param>
    /// <param name="verify">Whether checksums are verified.</param>
    /// <returns>The image, and the address of the root group's object header.</returns>
    /// <exception cref="ModelToolsException">MT1001: no signature; MT1002: cut off; MT1009: bad checksum; MT2002: split into several files; MT4005: unknown version.</exception>
    public static (Hdf5Image Image, long Root) Read(SourceFile file, long start, long length, ModelReadLimits limits, bool verify)
    {
        var userBlock = Find(file, start, length);
        if (userBlock < 0)
        {
            throw new ModelToolsException(ErrorCode.NotAModel, "The file is not an HDF5 file: its signature is missing.") { Path = file.Path };
        }

        var available = length - userBlock;
        var image = new Hdf5Image(file, start + userBlock, available, limits);
        image.Require(0, SmallestSize, "superblock");
        var block = image.ReadBlock(0, Math.Min(LargestSize, available), "superblock");
        var cursor = image.Cursor(block, "superblock");
        cursor.Skip(Signature.Length);
        var version = cursor.Version(0, 3);
        if (version < 2)
        {
            cursor.Skip(4);
        }

        int offsetSize = cursor.Byte(), lengthSize = cursor.Byte();
        if (offsetSize is not (2 or 4 or 8) || lengthSize is not (2 or 4 or 8))
        {
            throw image.Corrupt($"The superblock gives addresses {offsetSize} bytes and lengths {lengthSize}.");
        }

        cursor.Skip(version switch { 0 => 9, 1 => 13, _ => 1 });
        image = new Hdf5Image(file, start + userBlock, available, limits) { OffsetSize = offsetSize, LengthSize = lengthSize, VerifiesChecksums = verify };
        image.Require(0, cursor.Position + (version < 2 ? 6 * offsetSize : (4 * offsetSize) + 4), "superblock");
        var rest = image.Cursor(block.AsSpan(cursor.Position), "superblock");
        var origin = rest.Address();
        var extension = rest.Address(); // Versions 0 and 1 have the free-space list here, which is never used.
        CheckEnd(image, rest.Address(), origin, userBlock);
        if (version < 2)
        {
            RefuseDriver(image, rest.Address() != Hdf5Image.Undefined);
            rest.Skip(offsetSize);
            return (image, rest.Address());
        }

        var root = rest.Address();
        image.CheckSum(block.AsSpan(0, Math.Min(cursor.Position + rest.Position + 4, block.Length)), 0, "superblock");
        if (extension != Hdf5Image.Undefined)
        {
            RefuseDriver(image, ObjectHeader.Read(image, extension).Messages.Any(message => message.Type == MessageType.DriverInfo));
        }

        return (image, root);
    }

    private static void CheckEnd(Hdf5Image image, long end, long origin, long userBlock)
    {
        // The end counts from the start of the file as it was written; a user block may have been added or cut off since.
        var needed = end - Math.Max(origin, 0);
        if (end < 0 || needed > image.Length)
        {
            throw image.Error(ErrorCode.Truncated, $"The HDF5 file is cut off: it holds {image.Length + userBlock} of {(end < 0 ? "an unknown number of" : needed + userBlock)} bytes.");
        }
    }

    private static void RefuseDriver(Hdf5Image image, bool split)
    {
        if (split)
        {
            throw image.Error(ErrorCode.ExternalStorage, "The HDF5 file is one part of a set of files (family or multi driver).");
        }
    }
}
