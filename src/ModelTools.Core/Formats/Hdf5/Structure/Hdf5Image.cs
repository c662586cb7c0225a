using System.Buffers.Binary;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>The bytes of one HDF5 file, addressed as the file itself does, wherever they lie.</summary>
/// <remarks>
/// Every read of structure goes through here. It checks the place against the file before it takes memory, and it keeps
/// accounts: an honest file needs each of its bytes about once, a hostile one makes small structures refer to each other many times over.
/// </remarks>
internal sealed class Hdf5Image
{
    /// <summary>The address of something that is not stored.</summary>
    public const long Undefined = -1;

    private const int SmallestLink = 8;
    private const int Rereads = 8;
    private const int Allowance = 1 << 20;
    private const int WindowSize = 1 << 14;

    private readonly byte[] _window = new byte[WindowSize];
    private long _windowStart;
    private int _windowLength;
    private long _structureLeft;
    private long _objectsLeft;

    /// <summary>Wraps a part of a file.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="start">Where address 0 lies.</param>
    /// <param name="length">Bytes from there to the end of the HDF5 file.</param>
    /// <param name="limits">What the file may ask for.</param>
    public Hdf5Image(SourceFile file, long start, long length, ModelReadLimits limits)
    {
        File = file;
        Start = start;
        Length = length;
        Limits = limits;
        _structureLeft = (length * Rereads) + Allowance;
        _objectsLeft = Math.Min(limits.MaximumObjects, 64 + (length / SmallestLink));
        GlobalHeap = new GlobalHeap(this);
    }

    /// <summary>The file behind.</summary>
    public SourceFile File { get; }

    /// <summary>Position of address 0 in <see cref="File"/>.</summary>
    public long Start { get; }

    /// <summary>Number of bytes: no address may lie beyond.</summary>
    public long Length { get; }

    /// <summary>What the file may ask for.</summary>
    public ModelReadLimits Limits { get; }

    /// <summary>Bytes of an address, told by the superblock.</summary>
    public int OffsetSize { get; init; } = 8;

    /// <summary>Bytes of a length, told by the superblock.</summary>
    public int LengthSize { get; init; } = 8;

    /// <summary>Whether a wrong checksum of a structure is an error.</summary>
    public bool VerifiesChecksums { get; init; } = true;

    /// <summary>The strings of variable length.</summary>
    public GlobalHeap GlobalHeap { get; }

    /// <summary>Reads a block of structure.</summary>
    /// <param name="address">Where it starts.</param>
    /// <param name="length">Its length.</param>
    /// <param name="what">What it is, for the message: "object header".</param>
    /// <exception cref="ModelToolsException">MT1002: it lies beyond the end; MT2004: it is larger than structure may be; MT2007: the file refers to the same bytes over and over.</exception>
    public byte[] ReadBlock(long address, long length, string what)
    {
        Require(address, length, what);
        if (length > Limits.MaximumTextBytes)
        {
            throw Error(ErrorCode.SizeLimit, $"The {what} at {address} is said to take {length} bytes.");
        }

        _structureLeft -= length;
        if (_structureLeft < 0)
        {
            throw Error(ErrorCode.StructureLimit, $"The structures of the file refer to the same bytes many times over (last the {what} at {address}).");
        }

        return length <= WindowSize / 2 ? FromWindow(address, (int)length) : File.Read(Start + address, (int)length);
    }

    /// <summary>Structures are small and lie together: one read of the file serves many.</summary>
    private byte[] FromWindow(long address, int length)
    {
        if (address < _windowStart || address + length > _windowStart + _windowLength)
        {
            _windowStart = Math.Max(0, address - (WindowSize / 2));
            _windowLength = 0;
            var count = (int)Math.Min(WindowSize, Length - _windowStart);
            File.Read(Start + _windowStart, _window.AsSpan(0, count));
            _windowLength = count;
        }

        return _window.AsSpan((int)(address - _windowStart), length).ToArray();
    }

    /// <summary>Reads a block of structure and checks the checksum in its last four bytes.</summary>
    /// <exception cref="ModelToolsException">MT1009: the checksum does not match; else as <see cref="ReadBlock"/>.</exception>
    public byte[] ReadChecked(long address, long length, string what)
    {
        var block = ReadBlock(address, length, what);
        CheckSum(block, address, what);
        return block;
    }

    /// <summary>Checks the checksum in the last four bytes of a block.</summary>
    public void CheckSum(ReadOnlySpan<byte> block, long address, string what)
    {
        if (block.Length < 4 || (VerifiesChecksums && Lookup3.Hash(block[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(block[^4..])))
        {
            throw Error(ErrorCode.ChecksumMismatch, $"The {what} at {address} does not match its checksum.");
        }
    }

    /// <summary>Makes sure that bytes are there.</summary>
    /// <exception cref="ModelToolsException">MT1002: they are not; MT1003: the address is undefined.</exception>
    public void Require(long address, long length, string what)
    {
        if (address < 0)
        {
            throw Corrupt($"The {what} has no address.");
        }

        if (length < 0 || address > Length || length > Length - address)
        {
            throw Error(ErrorCode.Truncated, $"The {what} at {address} takes {length} bytes, but the HDF5 file ends at {Length}.");
        }
    }

    /// <summary>Counts links and objects as they are met.</summary>
    /// <exception cref="ModelToolsException">MT2007: there are more than the file can describe or than the limits allow.</exception>
    public void CountObjects(int count)
    {
        _objectsLeft -= count;
        if (_objectsLeft < 0)
        {
            throw Error(ErrorCode.StructureLimit, "The file holds more groups, datasets and links than its size allows; they refer to each other many times over.");
        }
    }

    /// <summary>Reads the fields of a block.</summary>
    public Hdf5Cursor Cursor(ReadOnlySpan<byte> bytes, string what) => new(this, bytes, what);

    /// <summary>An error that names this file.</summary>
    public ModelToolsException Error(ErrorCode code, string message, string? location = null, Exception? inner = null) =>
        new(code, message, inner) { Path = File.Path, Location = location };

    /// <summary>MT1003, naming this file.</summary>
    public ModelToolsException Corrupt(string message, string? location = null) => Error(ErrorCode.CorruptHdf5, message, location);

    /// <summary>MT4005, naming this file.</summary>
    public ModelToolsException Unsupported(string message, string? location = null) => Error(ErrorCode.UnsupportedFormat, message, location);
}
