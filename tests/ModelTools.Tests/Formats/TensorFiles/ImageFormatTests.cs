using System.Buffers.Binary;
using System.IO.Compression;
using ModelTools.Diagnostics;
using ModelTools.Formats.TensorFiles;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using Crc32 = ModelTools.Formats.Zip.Crc32;

namespace ModelTools.Tests.Formats.TensorFiles;

public sealed class ImageFormatTests
{
    private static readonly byte[] Pixels = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120];

    [Fact]
    public void PngIsReadAsHeightWidthChannels()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["rgb.png"], Png(2, 2, 2, Pixels));
        File.WriteAllBytes(folder["gray.png"], Png(3, 4, 0, Pixels));
        File.WriteAllBytes(folder["rgba.png"], Png(1, 3, 6, Pixels));
        var rgb = TensorFile.Read(folder["rgb.png"]);
        Assert.Equal("uint8 (2, 2, 3)", rgb.ToString());
        Assert.Equal(Pixels, rgb.AsSpan<byte>().ToArray());
        Assert.Equal(TensorFileKind.Image, TensorFile.Sniff(folder["rgb.png"]));
        var gray = TensorFile.Read(folder["gray.png"]);
        Assert.Equal("uint8 (4, 3, 1)", gray.ToString());
        Assert.Equal(Pixels, gray.AsSpan<byte>().ToArray());
        Assert.Equal("uint8 (3, 1, 4)", TensorFile.Read(folder["rgba.png"]).ToString());
        Assert.Equal([10, 10, 10, 20, 20, 20], TensorFile.Read(folder["gray.png"], new TensorReadOptions { Channels = ImageChannels.Rgb }).AsSpan<byte>()[..6].ToArray());
        Assert.Equal("uint8 (2, 2, 1)", TensorFile.Read(folder["rgb.png"], new TensorReadOptions { Channels = ImageChannels.Grayscale }).ToString());
        Assert.Equal("uint8 (1, 2, 4)", TensorFile.Read(folder["rgb.png"], new TensorReadOptions { Channels = ImageChannels.Rgba, Skip = 1 }).ToString());
        Assert.Equal("float32 (2, 4, 3, 1)", TensorFile.ReadBatch([folder["gray.png"], folder["gray.png"]], new TensorReadOptions { DivideBy = 255 }).ToString());
        Assert.Throws<ModelToolsException>(() => TensorFile.ReadBatch([folder["gray.png"], folder["rgb.png"]]));
    }

    [SkippableFact]
    public void JpegIsReadAsTensorFlowReadsIt()
    {
        using var folder = new TemporaryFolder();
        var answer = Oracle.Execute("""
            import sys, os, numpy as np, tensorflow as tf
            y, x = np.mgrid[0:24, 0:40]
            for n, image in (('rgb', np.stack([x * 6, y * 10, x + y], -1)), ('gray', (x * 6)[..., None])):
                data = tf.io.encode_jpeg(image.astype('u1'), quality=90).numpy()
                open(os.path.join(sys.argv[1], n + '.jpg'), 'wb').write(data)
                np.save(os.path.join(sys.argv[1], n + '.npy'), tf.io.decode_jpeg(data, dct_method='INTEGER_ACCURATE').numpy())
            print('ok')
            """, folder.Path);
        Assert.Equal("ok", answer.Trim());
        foreach (var name in new[] { "rgb", "gray" })
        {
            var ours = TensorFile.Read(folder[name + ".jpg"]);
            var theirs = TensorFile.Read(folder[name + ".npy"]);
            Assert.Equal(theirs.ToString(), ours.ToString());

            // Decoders may differ by a few steps where they scale colours up.
            Assert.True(ours.ToArray<int>().Zip(theirs.ToArray<int>(), (a, b) => Math.Abs(a - b)).Max() <= 4);
        }
    }

    [Fact]
    public void PicturesThatAreTooLargeAreRefusedBeforeTheyAreDecoded()
    {
        using var folder = new TemporaryFolder();
        var huge = Png(2, 2, 2, Pixels);
        BinaryPrimitives.WriteInt32BigEndian(huge.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(huge.AsSpan(20), 60_000);
        File.WriteAllBytes(folder["huge.png"], huge);
        AssertRefused(ErrorCode.SizeLimit, folder["huge.png"]);
        File.WriteAllBytes(folder["bomb.png"], Png(2, 2, 2, new byte[20 << 20], asRows: false));
        Assert.True(new FileInfo(folder["bomb.png"]).Length < 1 << 20);
        AssertRefused(ErrorCode.SizeLimit, folder["bomb.png"]);
    }

    [Fact]
    public void DamagedPicturesAreRefused()
    {
        using var folder = new TemporaryFolder();
        var good = Png(2, 2, 2, Pixels);
        for (var length = 8; length < good.Length - 12; length++)
        {
            File.WriteAllBytes(folder["cut.png"], good[..length]);
            var error = Assert.Throws<ModelToolsException>(() => TensorFile.Read(folder["cut.png"]));
            Assert.True(error.Code == ErrorCode.CorruptTensorFile || error.Code == ErrorCode.Truncated, $"{length}: {error.Code}");
        }
    }

    [Fact]
    public void ASegmentThatEndsBehindTheFileDoesNotHang()
    {
        // The decoder's own answer to this was to look for the next marker for ever.
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x.jpg"], [0xFF, 0xD8, 0xFF, 0xE0, 0xCA, 0x10, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        AssertRefused(ErrorCode.CorruptTensorFile, folder["x.jpg"]);
    }

    [Fact]
    public void PicturesOfManyPassesAreRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x.jpg"], [0xFF, 0xD8, .. Enumerable.Repeat<byte[]>([0xFF, 0xDA], 501).SelectMany(marker => marker)]);
        AssertRefused(ErrorCode.SizeLimit, folder["x.jpg"]);
    }

    internal static byte[] Png(int width, int height, byte colorType, byte[] pixels, bool asRows = true)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, colorType);
        Chunk(png, "IHDR"u8, header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = asRows ? pixels.Length / height : pixels.Length;
            for (var offset = 0; offset < pixels.Length; offset += row)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels, offset, row);
            }
        }

        Chunk(png, "IDAT"u8, data.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(Crc32.Append(0, type), data));
        png.Write(number);
    }

    private static void AssertRefused(ErrorCode code, string path) => Assert.Equal(code, Assert.Throws<ModelToolsException>(() => TensorFile.Read(path)).Code);
}
