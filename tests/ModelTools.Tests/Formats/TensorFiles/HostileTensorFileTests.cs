using System.IO.Compression;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.TensorFiles;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.TensorFiles;

/// <summary>Files that lie about what they hold: one clear error each, and no memory taken on their word.</summary>
public sealed class HostileTensorFileTests
{
    private static readonly TensorReadOptions Tight = new() { Limits = ModelReadLimits.Default with { MaximumExpansion = 100 } };

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,), }", "MT1002")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 9223372036854775807), }", "MT1010")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "MT1010")]
    [InlineData("{'descr': '|S0', 'fortran_order': False, 'shape': (1000000000000,), }", "MT1010")]
    [InlineData("{'descr': '<U999999999999', 'fortran_order': False, 'shape': (1,), }", "MT4004")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "MT2005")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "MT1010")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", "MT1010")]
    [InlineData("{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", "MT1010")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", "MT1010")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } + x", "MT1010")]
    [InlineData("__import__('os').system('id')", "MT1010")]
    [InlineData("", "MT1010")]
    public void HeadersOfNumPyAreDistrusted(string header, string code)
    {
        using var folder = new TemporaryFolder();
        var text = Encoding.ASCII.GetBytes(header);
        File.WriteAllBytes(folder["x.npy"], [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, 1, 2, 3, 4]);
        AssertRefused(code, folder["x.npy"]);
    }

    [Fact]
    public void CompressedFilesInflateWithinLimits()
    {
        using var folder = new TemporaryFolder();
        WriteGzip(folder["idx.gz"], [0, 0, 8, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0x10, 0], 1000);
        AssertRefused("MT2004", folder["idx.gz"]);
        WriteGzip(folder["text.gz"], "1,"u8.ToArray(), 20 << 20);
        AssertRefused("MT2004", folder["text.gz"], Tight);
        WriteGzip(folder["picture.gz"], ImageFormatTests.Png(1, 1, 0, [0]), 20 << 20);
        AssertRefused("MT2004", folder["picture.gz"], Tight);
        WriteGzip(folder["short.gz"], [0, 0, 8, 1, 0, 0, 1, 0], 10);
        AssertRefused("MT1002", folder["short.gz"]);
    }

    [Fact]
    public void FilesThatAreCutOffAreRefused()
    {
        using var folder = new TemporaryFolder();
        var text = string.Join('\n', Enumerable.Range(0, 2000).Select(row => $"{row},{row * 7919 % 1000}")) + "\n";
        WriteGzip(folder["x.csv.gz"], Encoding.ASCII.GetBytes(text), 0);
        var good = File.ReadAllBytes(folder["x.csv.gz"]);
        Assert.Equal([2000, 2], TensorFile.Read(folder["x.csv.gz"]).Shape);
        foreach (var length in new[] { 4, 12, 15, 100, good.Length / 2, good.Length - 9, good.Length - 8, good.Length - 4, good.Length - 1 })
        {
            File.WriteAllBytes(folder["cut"], good[..length]);
            var error = Assert.Throws<ModelToolsException>(() => TensorFile.Read(folder["cut"]));
            Assert.True(error.Code == ErrorCode.Truncated || error.Code == ErrorCode.CorruptTensorFile, $"{length}: {error.Message}");
        }

        File.WriteAllBytes(folder["twice"], [.. good, .. good]);
        Assert.Equal([4000, 2], TensorFile.Read(folder["twice"]).Shape);
    }

    [Fact]
    public void AChangedByteInACompressedFileIsSeen()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(8);
        var noise = new byte[5000];
        random.NextBytes(noise);
        using (var gzip = new GZipStream(File.Create(folder["x.gz"]), CompressionLevel.Optimal))
        {
            gzip.Write([0, 0, 8, 1, 0, 0, 0x13, 0x88]);
            gzip.Write(noise);
        }

        Assert.Equal(noise, TensorFile.Read(folder["x.gz"]).AsSpan<byte>().ToArray());
        var bytes = File.ReadAllBytes(folder["x.gz"]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(folder["x.gz"], bytes);
        AssertRefused("MT1010", folder["x.gz"]);
    }

    [Fact]
    public void NoChangedFileDoesWorseThanOneError()
    {
        using var folder = new TemporaryFolder();
        TensorFile.Write(folder["a.npy"], Tensor.FromArray(Enumerable.Range(0, 12).ToArray(), 3, 4));
        TensorFile.WriteAll(folder["b.npz"], [new("x", Tensor.FromArray([1f, 2f])), new("y", Tensor.FromStrings(["a", "bc"], [2]))]);
        File.WriteAllText(folder["c.csv"], "a,\"b \"\"q\"\"\"\n1,2.5\n3,nan\n");
        File.WriteAllBytes(folder["d.idx"], [0, 0, 0x0C, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8]);
        File.WriteAllBytes(folder["e.png"], ImageFormatTests.Png(2, 2, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
        WriteGzip(folder["f.gz"], [0, 0, 8, 1, 0, 0, 0, 4], 4);
        var random = new Random(6);
        foreach (var path in Directory.GetFiles(folder.Path))
        {
            var good = File.ReadAllBytes(path);
            for (var round = 0; round < 400; round++)
            {
                var bytes = random.Next(4) == 0 ? good[..random.Next(good.Length)] : [.. good];
                for (var change = random.Next(4); change > 0 && bytes.Length > 0; change--)
                {
                    bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);
                }

                File.WriteAllBytes(folder["changed"], bytes);
                var error = Record.Exception(() => TensorFile.ReadAll(folder["changed"]));
                Assert.True(error is null or ModelToolsException, $"{Path.GetFileName(path)} {Convert.ToHexString(bytes)}: {error}");
            }
        }
    }

    private static void WriteGzip(string path, byte[] start, int zeros)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Optimal);
        gzip.Write(start);
        var block = new byte[1 << 20];
        block.AsSpan().Fill(start is [(byte)'1', ..] ? (byte)'1' : (byte)0);
        for (; zeros > 0; zeros -= block.Length)
        {
            gzip.Write(block, 0, Math.Min(zeros, block.Length));
        }
    }

    private static void AssertRefused(string code, string path, TensorReadOptions? options = null) =>
        Assert.Equal(code, Assert.Throws<ModelToolsException>(() => TensorFile.Read(path, options)).Code.Id);
}
