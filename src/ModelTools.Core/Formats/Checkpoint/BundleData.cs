using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>A numeric tensor's bytes in a data file. The checksum is computed while they are read for the first time.</summary>
/// <remarks>
/// Bytes read from the first to the last are summed on the way and compared at the end. Whoever starts elsewhere makes the
/// whole tensor be verified first. What was verified once is not summed again.
/// </remarks>
internal sealed class BundleData : TensorData
{
    /// <summary>Small enough that bytes just read are still in the processor's cache when they are summed.</summary>
    private const int Step = 256 << 10;

    private readonly SourceFile _file;
    private readonly long _start;
    private readonly uint _checksum;
    private readonly int _swapWidth;
    private readonly string _name;
    private readonly object _gate = new();
    private long _summed;
    private uint _crc;
    private volatile bool _verified;

    /// <summary>Makes a view of bytes whose place is known to lie inside the file.</summary>
    /// <param name="file">The data file.</param>
    /// <param name="entry">Place and checksum.</param>
    /// <param name="name">The tensor, for messages.</param>
    /// <param name="swapWidth">Bytes of the numbers whose bytes are stored in reverse; 1 for none.</param>
    public BundleData(SourceFile file, BundleEntry entry, string name, int swapWidth)
    {
        _file = file;
        _start = entry.Offset;
        _checksum = entry.Checksum;
        _name = name;
        _swapWidth = swapWidth;
        Length = entry.Size;
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + destination.Length, Length);
        var filled = false;
        if (!_verified)
        {
            filled = ReadInOrder(offset, destination);
            if (!filled)
            {
                Verify();
            }
        }

        if (_swapWidth > 1)
        {
            ReadSwapped(offset, destination);
        }
        else if (!filled)
        {
            _file.Read(_start + offset, destination);
        }
    }

    /// <summary>Reads and sums if the bytes follow those summed so far; false if they do not.</summary>
    private bool ReadInOrder(long offset, Span<byte> destination)
    {
        lock (_gate)
        {
            if (offset == 0)
            {
                (_summed, _crc) = (0, 0);
            }

            if (offset != _summed)
            {
                return false;
            }

            while (destination.Length > 0)
            {
                var part = destination[..Math.Min(Step, destination.Length)];
                _file.Read(_start + offset, part);
                _crc = Crc32C.Append(_crc, part);
                offset += part.Length;
                destination = destination[part.Length..];
            }

            _summed = offset;
            if (_summed == Length)
            {
                Check();
            }

            return true;
        }
    }

    private void Verify()
    {
        lock (_gate)
        {
            if (_verified)
            {
                return;
            }

            var buffer = new byte[(int)Math.Min(Step, Length)];
            _crc = 0;
            for (var offset = 0L; offset < Length; offset += buffer.Length)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, Length - offset));
                _file.Read(_start + offset, part);
                _crc = Crc32C.Append(_crc, part);
            }

            Check();
        }
    }

    private void Check()
    {
        if (Crc32C.Mask(_crc) != _checksum)
        {
            throw new ModelToolsException(ErrorCode.ChecksumMismatch, $"The bytes of tensor '{_name}' do not match their checksum.") { Path = _file.Path, Location = _name };
        }

        _verified = true;
    }

    private void ReadSwapped(long offset, Span<byte> destination)
    {
        // A read may begin and end inside a number.
        var first = offset - (offset % _swapWidth);
        var end = Math.Min(Length, (offset + destination.Length + _swapWidth - 1) / _swapWidth * _swapWidth);
        var bytes = _file.Read(_start + first, checked((int)(end - first)));
        Reverse(bytes, _swapWidth);
        bytes.AsSpan((int)(offset - first), destination.Length).CopyTo(destination);
    }

    private static void Reverse(Span<byte> bytes, int width)
    {
        switch (width)
        {
            case 2:
                var twos = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(twos, twos);
                break;
            case 4:
                var fours = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            default:
                var eights = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }
}
