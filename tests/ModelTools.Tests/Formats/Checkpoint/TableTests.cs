using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Checkpoint;

public class TableTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(30_000)]
    public void Entries_come_back_in_order_and_by_key(int count)
    {
        using var folder = new TemporaryFolder();
        var keys = Enumerable.Range(0, count).Select(i => System.Text.Encoding.ASCII.GetBytes($"layer/{i:D8}/kernel")).ToArray();
        using (var output = File.Create(folder["table"]))
        {
            var writer = new TableWriter(output);
            for (var i = 0; i < count; i++)
            {
                writer.Add(keys[i], new byte[i % 40]);
            }

            writer.Finish();
        }

        using var file = SourceFile.Open(folder["table"]);
        var reader = new TableReader(file, ModelReadLimits.Default);
        var seen = 0;
        reader.Visit((key, value) =>
        {
            Assert.True(key.SequenceEqual(keys[seen]));
            Assert.Equal(seen % 40, value.Length);
            seen++;
        });
        Assert.Equal(count, seen);
        foreach (var i in new[] { 0, count / 2, count - 1 }.Where(i => i >= 0 && i < count))
        {
            Assert.Equal(i % 40, reader.Find(keys[i])!.Length);
        }

        Assert.Null(reader.Find("layer/00000000/kernex"u8));
        Assert.Null(reader.Find("zzz"u8));
        if (count > 0)
        {
            Assert.Throws<ModelToolsException>(() => new TableReader(file, new ModelReadLimits { MaximumObjects = count - 1 }).Visit((_, _) => { }));
        }
    }

    [Fact]
    public void Numbers_in_keys_sort_like_numbers()
    {
        Assert.Equal("80", Code(0));
        Assert.Equal("82", Code(2));
        Assert.Equal("7F", Code(-1));
        Assert.Equal("BF", Code(63));
        Assert.Equal("C040", Code(64));
        Assert.Equal("F0424242", Code(0x424242));
        Assert.Equal("3800", Code(-0x800));
        long[] numbers = [long.MinValue, long.MinValue + 1, -(1L << 62), -(1L << 55) - 1, -(1L << 55), -8193, -8192, -65, -64, -1, 0, 1, 63, 64, 8191, 8192, 1L << 55, 1L << 62, long.MaxValue];
        Assert.Equal(numbers.Select(Code), numbers.Select(Code).Order(StringComparer.Ordinal));

        static string Code(long value)
        {
            List<byte> key = [];
            OrderedCode.AppendSigned(key, value);
            return Convert.ToHexString([.. key]);
        }
    }
}
