using ModelTools.Formats.Checkpoint;

namespace ModelTools.Tests.Formats.Checkpoint;

public class Crc32CTests
{
    [Fact]
    public void Known_values_come_out()
    {
        Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(0u, Crc32C.Compute([]));
        Assert.Equal(0xA282EAD8u, Crc32C.Mask(0));
    }

    [Fact]
    public void Any_length_and_any_cut_give_what_single_bits_give()
    {
        var random = new Random(7);
        var bytes = new byte[70_000];
        random.NextBytes(bytes);
        foreach (var length in new[] { 1, 7, 8, 9, 4095, 12287, 12288, 12289, 24576, 36900, 70_000 })
        {
            var expected = BitByBit(bytes.AsSpan(0, length));
            Assert.Equal(expected, Crc32C.Compute(bytes.AsSpan(0, length)));
            var cut = random.Next(length);
            Assert.Equal(expected, Crc32C.Append(Crc32C.Compute(bytes.AsSpan(0, cut)), bytes.AsSpan(cut, length - cut)));
        }
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0x82F63B78 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
