namespace ModelTools.Formats.Protobuf;

/// <summary>Base-128 numbers, seven bits a byte, lowest first; the high bit says that another byte follows.</summary>
internal static class Varint
{
    /// <summary>Most bytes that a number of 64 bits takes.</summary>
    public const int MaximumLength = 10;

    /// <summary>Reads a number from the start of some bytes; false if it is cut off or longer than 64 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ulong value, out int length)
    {
        value = 0;
        for (length = 0; length < bytes.Length && length < MaximumLength; length++)
        {
            var part = bytes[length];
            if (length == MaximumLength - 1 && part > 1)
            {
                return false;
            }

            value |= (ulong)(part & 0x7F) << (7 * length);
            if (part < 0x80)
            {
                length++;
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes a number and returns how many bytes it took.</summary>
    public static int Write(Span<byte> destination, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[length++] = (byte)(value | 0x80);
        }

        destination[length++] = (byte)value;
        return length;
    }

    /// <summary>How many bytes a number takes.</summary>
    public static int Length(ulong value) => (64 - System.Numerics.BitOperations.LeadingZeroCount(value | 1) + 6) / 7;
}
