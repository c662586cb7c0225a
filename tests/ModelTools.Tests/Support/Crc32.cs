using ModelTools.Tensors;

namespace ModelTools.Tests.Support;

/// <summary>The CRC-32 of ZIP, by which the manifests know their tensors.</summary>
public static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value =>
    {
        var entry = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            entry = (entry >> 1) ^ ((entry & 1) * 0xEDB88320);
        }

        return entry;
    })];

    /// <summary>The checksum of a tensor's bytes, as eight hexadecimal digits.</summary>
    public static string Of(Tensor tensor)
    {
        using var bytes = new MemoryStream();
        tensor.Data.CopyTo(bytes);
        return Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>The checksum of some bytes, as eight hexadecimal digits.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum = (checksum >> 8) ^ Table[(byte)(checksum ^ value)];
        }

        return (~checksum).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }
}
