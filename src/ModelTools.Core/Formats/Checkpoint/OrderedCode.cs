namespace ModelTools.Formats.Checkpoint;

/// <summary>Codes values as bytes that sort like the values: TensorFlow names the slices of partitioned tensors so.</summary>
internal static class OrderedCode
{
    /// <summary>A count byte and so many bytes, highest first, without leading zeros.</summary>
    public static void AppendNumber(List<byte> key, ulong value)
    {
        var length = (64 - System.Numerics.BitOperations.LeadingZeroCount(value) + 7) / 8;
        key.Add((byte)length);
        AppendBytes(key, value, length);
    }

    /// <summary>The bytes with 00 and FF escaped, then 00 01.</summary>
    public static void AppendString(List<byte> key, ReadOnlySpan<byte> text)
    {
        foreach (var value in text)
        {
            key.Add(value);
            if (value is 0 or byte.MaxValue)
            {
                key.Add((byte)~value);
            }
        }

        key.Add(0);
        key.Add(1);
    }

    /// <summary>As few bytes as hold the number beside a header that tells their count; 10 for the largest.</summary>
    public static void AppendSigned(List<byte> key, long value)
    {
        var magnitude = value < 0 ? ~value : value;
        var length = 1;
        while (length < 10 && magnitude >> Math.Min((7 * length) - 1, 63) != 0)
        {
            length++;
        }

        // The header is `length` one bits; the sign flips it for negative numbers by the XOR with the sign-extended number.
        Span<byte> bytes = stackalloc byte[10];
        for (var i = 0; i < length; i++)
        {
            var shift = 8 * (length - 1 - i);
            bytes[i] = (byte)(shift < 64 ? value >> shift : value >> 63);
        }

        bytes[0] ^= (byte)(0xFF00 >> Math.Min(length, 8));
        if (length > 8)
        {
            bytes[1] ^= (byte)(0xFF00 >> (length - 8));
        }

        foreach (var part in bytes[..length])
        {
            key.Add(part);
        }
    }

    private static void AppendBytes(List<byte> key, ulong value, int count)
    {
        for (var shift = 8 * (count - 1); shift >= 0; shift -= 8)
        {
            key.Add((byte)(value >> shift));
        }
    }
}
