using System.Buffers.Binary;

namespace ModelTools.Formats.Hdf5.Storage;

/// <summary>The checksum of HDF5's filter 3: Fletcher's, over big-endian words of 16 bits.</summary>
internal static class Fletcher32
{
    private const int WordsPerRound = 360; // As many as can be added up without overflow.

    /// <summary>Whether the last four bytes are the checksum of those before.</summary>
    public static bool Matches(ReadOnlySpan<byte> data)
    {
        var stored = BinaryPrimitives.ReadUInt32LittleEndian(data[^4..]);
        var computed = Compute(data[..^4]);

        // Old versions of the library swapped the bytes of both halves; readers take either.
        var swapped = ((computed & 0x00FF00FF) << 8) | ((computed >> 8) & 0x00FF00FF);
        return stored == computed || stored == swapped;
    }

    private static uint Compute(ReadOnlySpan<byte> data)
    {
        uint sum = 0, sumOfSums = 0;
        var odd = data.Length % 2 != 0;
        var words = data[..(data.Length & ~1)];
        while (words.Length > 0)
        {
            var round = words[..Math.Min(words.Length, WordsPerRound * 2)];
            words = words[round.Length..];
            for (; round.Length > 0; round = round[2..])
            {
                sum += BinaryPrimitives.ReadUInt16BigEndian(round);
                sumOfSums += sum;
            }

            (sum, sumOfSums) = (Fold(sum), Fold(sumOfSums));
        }

        if (odd)
        {
            sum += (uint)data[^1] << 8;
            sumOfSums += sum;
            (sum, sumOfSums) = (Fold(sum), Fold(sumOfSums));
        }

        return (Fold(sumOfSums) << 16) | Fold(sum);
    }

    private static uint Fold(uint sum) => (sum & 0xFFFF) + (sum >> 16);
}
