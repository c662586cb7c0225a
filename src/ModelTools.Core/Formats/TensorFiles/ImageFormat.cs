using System.Buffers.Binary;
using System.IO.Compression;
using ModelTools.Diagnostics;
using ModelTools.Tensors;
using StbImageSharp;

namespace ModelTools.Formats.TensorFiles;

/// <summary>PNG and JPEG pictures as uint8 <c>[height, width, channels]</c>.</summary>
internal static class ImageFormat
{
    private const int PngHeaderLength = 33;
    private const int MostScans = 500;

    private static ReadOnlySpan<byte> ScanMarker => [0xFF, 0xDA];

    private static ReadOnlySpan<byte> PngMagic => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether a file begins like a PNG or JPEG file.</summary>
    public static bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(PngMagic) || head is [0xFF, 0xD8, 0xFF, ..];

    /// <summary>Decodes the picture; rows of pixels can be chosen like the rows of any tensor.</summary>
    public static Tensor Read(DataSource source, TensorReadOptions options)
    {
        var file = source.ReadRest();
        CheckSize(file, options.Limits, source);
        var image = Decode(file, source, stream => ImageResult.FromStream(stream, options.Channels switch
        {
            ImageChannels.Grayscale => ColorComponents.Grey,
            ImageChannels.Rgb => ColorComponents.RedGreenBlue,
            ImageChannels.Rgba => ColorComponents.RedGreenBlueAlpha,
            _ => ColorComponents.Default,
        }));
        var pixels = new Tensor(DType.UInt8, [image.Height, image.Width, (int)image.Comp], OwnedData.FromArray(image.Data));
        var (start, count) = ArrayReader.ChooseRows(pixels.Shape, options);
        return pixels.Rows(start, count);
    }

    /// <summary>Compares what the header declares with the bytes that are there, before anything is decoded.</summary>
    private static void CheckSize(byte[] file, ModelReadLimits limits, DataSource source)
    {
        var isPng = file.AsSpan().StartsWith(PngMagic);
        var (width, height) = isPng ? PngSize(file, source) : JpegSize(file, source);
        if (width <= 0 || height <= 0)
        {
            throw source.Corrupt("it has no pixels");
        }

        var decoded = width * height * 4;
        if (decoded > Array.MaxLength || (decoded > limits.ExpansionFloorBytes && decoded / limits.MaximumExpansion > file.Length))
        {
            throw TooLarge($"declares {width} times {height} pixels in {file.Length} bytes");
        }

        if (isPng)
        {
            CheckPngData(file, Math.Max((decoded * 2) + height, limits.ExpansionFloorBytes), source);
        }
    }

    private static (long Width, long Height) PngSize(byte[] file, DataSource source) => file.Length >= PngHeaderLength && file.AsSpan(12, 4).SequenceEqual("IHDR"u8)
        ? (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)))
        : throw source.Corrupt("it does not begin with the header of a picture");

    private static (long Width, long Height) JpegSize(byte[] file, DataSource source)
    {
        // Each scan goes over the whole picture again; markers cannot occur inside of pixels.
        if (file.AsSpan().Count(ScanMarker) > MostScans)
        {
            throw TooLarge($"is painted in more than {MostScans} passes");
        }

        var info = Decode(file, source, stream => ImageInfo.FromStream(stream)) ?? throw source.Corrupt("its header is not that of a picture");
        return (info.Width, info.Height);
    }

    /// <summary>The decoder inflates all that is there: makes sure that it is not more than the pixels need.</summary>
    private static void CheckPngData(byte[] file, long most, DataSource source)
    {
        const int LargestExpansion = 1032;
        using var data = new MemoryStream();
        for (var at = PngHeaderLength; at <= file.Length - 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12)
            {
                throw new ModelToolsException(ErrorCode.Truncated, "The picture ends before its data do.");
            }

            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                data.Write(file, at + 8, (int)length);
            }

            at += (int)length + 12;
        }

        if (data.Length <= most / LargestExpansion)
        {
            return;
        }

        data.Position = 0;
        using var inflated = new ZLibStream(data, CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        var total = 0L;
        try
        {
            for (var count = inflated.Read(buffer); count > 0; count = inflated.Read(buffer))
            {
                total += count;
                if (total > most)
                {
                    throw TooLarge($"inflates to more than {most} bytes");
                }
            }
        }
        catch (InvalidDataException error)
        {
            throw source.Corrupt("its pixels cannot be inflated", error);
        }
    }

    private static T Decode<T>(byte[] file, DataSource source, Func<Stream, T> decode)
    {
        try
        {
            using var stream = new BoundedImageStream(file);
            return decode(stream);
        }
        catch (Exception error) when (error is not (OutOfMemoryException or ModelToolsException))
        {
            // The decoder reports damage by whatever its code runs into: the index, the null, the sum.
            throw source.Corrupt("its pixels cannot be decoded", error);
        }
    }

    private static ModelToolsException TooLarge(string what) => new(ErrorCode.SizeLimit, $"The picture {what}.");
}
