using System.Buffers.Binary;
using ModelTools.Formats.Checkpoint;
using ModelTools.Formats.Protobuf;

namespace ModelTools.Tests.Formats.Checkpoint;

/// <summary>Damages files in a repeatable way.</summary>
internal static class Mutation
{
    private static readonly byte[] Interesting = [0, 1, 0x7F, 0x80, 0xFF];

    /// <summary>Flips, overwrites, cuts, drops or doubles some bytes.</summary>
    public static byte[] Mutate(byte[] bytes, Random random)
    {
        List<byte> changed = [.. bytes];
        for (var times = random.Next(1, 4); times > 0 && changed.Count > 0; times--)
        {
            var at = random.Next(changed.Count);
            switch (random.Next(6))
            {
                case 0: changed[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: changed[at] = Interesting[random.Next(Interesting.Length)]; break;
                case 2: changed[at] = (byte)random.Next(256); break;
                case 3: changed.RemoveRange(at, Math.Min(random.Next(1, 5), changed.Count - at)); break;
                case 4: changed.InsertRange(at, changed.Skip(at).Take(random.Next(1, 9)).ToArray()); break;
                default:
                    if (random.Next(8) == 0)
                    {
                        changed.RemoveRange(at, changed.Count - at);
                    }

                    break;
            }
        }

        return [.. changed];
    }

    /// <summary>Makes the checksums of a table's blocks right again, so that damage reaches what lies behind them.</summary>
    public static void RepairTable(byte[] bytes)
    {
        if (bytes.Length < TableFormat.FooterLength)
        {
            return;
        }

        ReadOnlySpan<byte> footer = bytes.AsSpan(bytes.Length - TableFormat.FooterLength);
        foreach (var _ in new int[2])
        {
            if (!Varint.TryRead(footer, out var offset, out var first) || !Varint.TryRead(footer[first..], out var length, out var second))
            {
                return;
            }

            footer = footer[(first + second)..];
            Repair(bytes, offset, length);
        }

        // The fixtures have one data block, which begins the file and ends where the meta index begins.
        if (Varint.TryRead(bytes.AsSpan(bytes.Length - TableFormat.FooterLength), out var meta, out _) && meta > TableFormat.TrailerLength)
        {
            Repair(bytes, 0, meta - TableFormat.TrailerLength);
        }
    }

    private static void Repair(byte[] bytes, ulong offset, ulong length)
    {
        if (offset < (ulong)bytes.Length && length < (ulong)bytes.Length && offset + length + TableFormat.TrailerLength <= (ulong)bytes.Length)
        {
            var crc = Crc32C.Mask(Crc32C.Compute(bytes.AsSpan((int)offset, (int)length + 1)));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan((int)(offset + length + 1)), crc);
        }
    }
}
