using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelTools.Formats.Checkpoint;

/// <summary>CRC-32C (Castagnoli), as TensorFlow guards its checkpoints with it, and the masked form in which it stores it.</summary>
/// <remarks>
/// The processor's instruction takes one word a cycle but three cycles to answer. Three lanes side by side keep it busy;
/// the lanes are joined by moving a checksum over as many zero bytes as a lane is long, which is linear and so a table.
/// </remarks>
internal static class Crc32C
{
    private const uint MaskDelta = 0xA282EAD8;
    private const int LaneWords = 512;
    private const int LaneBytes = LaneWords * sizeof(ulong);

    private static readonly uint[] ShiftTable = MakeShiftTable();

    /// <summary>The checksum of some bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The checksum of what was summed before, followed by some bytes.</summary>
    /// <param name="crc">The checksum so far; 0 for nothing.</param>
    /// <param name="bytes">What follows.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var state = ~crc;
        while (bytes.Length >= 3 * LaneBytes)
        {
            state = AppendLanes(state, MemoryMarshal.Cast<byte, ulong>(bytes[..(3 * LaneBytes)]));
            bytes = bytes[(3 * LaneBytes)..];
        }

        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            state = BitOperations.Crc32C(state, word);
        }

        foreach (var value in bytes[(bytes.Length & ~7)..])
        {
            state = BitOperations.Crc32C(state, value);
        }

        return ~state;
    }

    /// <summary>The form in which files store a checksum, so that a checksum over checksums stays sound.</summary>
    public static uint Mask(uint crc) => BitOperations.RotateRight(crc, 15) + MaskDelta;

    private static uint AppendLanes(uint state, ReadOnlySpan<ulong> words)
    {
        var first = words[..LaneWords];
        var second = words.Slice(LaneWords, LaneWords);
        var third = words.Slice(2 * LaneWords, LaneWords);
        uint a = state, b = 0, c = 0;
        for (var i = 0; i < LaneWords; i++)
        {
            a = BitOperations.Crc32C(a, first[i]);
            b = BitOperations.Crc32C(b, second[i]);
            c = BitOperations.Crc32C(c, third[i]);
        }

        return ShiftOverLane(ShiftOverLane(a) ^ b) ^ c;
    }

    private static uint ShiftOverLane(uint state) =>
        ShiftTable[state & 0xFF] ^ ShiftTable[256 + ((state >> 8) & 0xFF)] ^ ShiftTable[512 + ((state >> 16) & 0xFF)] ^ ShiftTable[768 + (state >> 24)];

    private static uint[] MakeShiftTable()
    {
        var table = new uint[4 * 256];
        for (var bit = 0; bit < 32; bit++)
        {
            var state = 1u << bit;
            for (var i = 0; i < LaneWords; i++)
            {
                state = BitOperations.Crc32C(state, 0ul);
            }

            for (var value = 0; value < 256; value++)
            {
                if (((value >> (bit % 8)) & 1) != 0)
                {
                    table[(bit / 8 * 256) + value] ^= state;
                }
            }
        }

        return table;
    }
}
