using System.Globalization;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.TensorFiles;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.TensorFiles;

public sealed class CsvFormatTests
{
    [Theory]
    [InlineData("1,2\n3,4\n", "int32 (2, 2)", new[] { 1.0, 2, 3, 4 })]
    [InlineData("1,2\r\n3,4", "int32 (2, 2)", new[] { 1.0, 2, 3, 4 })]
    [InlineData("1,2\r3,4\r\r", "int32 (2, 2)", new[] { 1.0, 2, 3, 4 })]
    [InlineData("a,b\n1,2.5\n", "float32 (1, 2)", new[] { 1, 2.5 })]
    [InlineData("\"a \"\"x\"\",\ny\",b\n\"1\", 2 \n", "int32 (1, 2)", new[] { 1.0, 2 })]
    [InlineData("1;2\n3;4", "int32 (2, 2)", new[] { 1.0, 2, 3, 4 })]
    [InlineData("1\t2\n", "int32 (1, 2)", new[] { 1.0, 2 })]
    [InlineData("7\n8\n9", "int32 (3, 1)", new[] { 7.0, 8, 9 })]
    [InlineData("5000000000\n1", "int64 (2, 1)", new[] { 5e9, 1 })]
    [InlineData("True,1e3\nfalse,-INF", "float32 (2, 2)", new[] { 1, 1000, 0, double.NegativeInfinity })]
    [InlineData("x\nnan", "float32 (1, 1)", new[] { double.NaN })]
    [InlineData("# note, with commas\n#TYPE x\n1;2\n", "int32 (1, 2)", new[] { 1.0, 2 })]
    [InlineData("\uFEFFa\n1", "int32 (1, 1)", new[] { 1.0 })]
    [InlineData("a,b\n", "int32 (0, 2)", new double[0])]
    public void TextBecomesRowsAndColumns(string text, string expected, double[] values)
    {
        var tensor = Read(text);
        Assert.Equal(expected, tensor.ToString());
        Assert.Equal(values, tensor.ToArray<double>());
    }

    [Fact]
    public void WholeNumbersLoseNoDigitWhenTheTypeIsGiven()
    {
        Assert.Equal([9007199254740993L], Read("9007199254740993", new TensorReadOptions { DType = DType.Int64 }).AsSpan<long>().ToArray());
        Assert.Equal([0.1, 3.0], Read("0.1,3", new TensorReadOptions { DType = DType.Float64 }).AsSpan<double>().ToArray());
    }

    [Fact]
    public void ColumnsRowsAndHeaderAreChosen()
    {
        const string Text = "id,x,y\n1,2,3\n4,5,6\n7,8,9\n";
        Assert.Equal([6, 5], Read(Text, new TensorReadOptions { Columns = ["y", "x"], Skip = 1, First = 1 }).ToArray<int>());
        Assert.Equal([3, 1], Read("1,2,3", new TensorReadOptions { Columns = ["3", "1"] }).ToArray<int>());
        Assert.Equal([2], Read("1\n2", new TensorReadOptions { Header = true }).ToArray<int>());
        var text = Read("a,b\nc,d", new TensorReadOptions { DType = DType.String });
        Assert.Equal(["a", "b", "c", "d"], ((StringData)text.Data).ToStrings());
        Assert.Contains("id, x, y", Fails(Text, ErrorCode.UnknownName, new TensorReadOptions { Columns = ["z"] }).Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], Read("1|2", new TensorReadOptions { Separator = '|' }).ToArray<int>());
        Fails("1\"2", ErrorCode.InvalidArgument, new TensorReadOptions { Separator = '"' });
    }

    [Theory]
    [InlineData("1,2\n3\n", "Line 2, column 1:")]
    [InlineData("1,2\n\n3,4,5\n", "Line 3, column 2:")]
    [InlineData("a,b\n1,x\n", "Line 2, column 2: 'x' is not a number.")]
    [InlineData("a,b\n1,\n", "Line 2, column 2: there is no value.")]
    [InlineData("1,\"2\n3,4", "Line 1, column 2: a quotation mark is not closed.")]
    [InlineData("1,2\n3,4\"\n", "Line 2, column 2: a quotation mark")]
    [InlineData("1,2\n\"3\"4,5\n", "Line 2, column 1: text follows")]
    [InlineData("\"a\nb\",c\n1,2\nx,4\n", "Line 4, column 1: 'x'")]
    public void DamageIsToldWithLineAndColumn(string text, string expected) =>
        Assert.StartsWith(expected, Fails(text, ErrorCode.CorruptTensorFile).Message, StringComparison.Ordinal);

    [Fact]
    public void BytesThatAreNoTextAreRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x"], [.. "1,2\n3,"u8, 0xFF, 0xFE, .. "4\n"u8]);
        Assert.Equal(ErrorCode.CorruptTensorFile, Assert.Throws<ModelToolsException>(() => TensorFile.Read(folder["x"])).Code);
        File.WriteAllBytes(folder["utf16"], [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a,b\n1,2\n")]);
        Assert.Equal([1, 2], TensorFile.Read(folder["utf16"]).ToArray<int>());
    }

    [Fact]
    public void NumbersAreReadAlikeInEveryCulture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal([1.5f, 2.25f], Read("1.5;2.25").AsSpan<float>().ToArray());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void RowsOverManyBuffersAreRead()
    {
        var text = string.Join('\n', Enumerable.Range(0, 20_000).Select(row => string.Join(',', Enumerable.Range(row, 5))));
        var tensor = Read(text);
        Assert.Equal("int32 (20000, 5)", tensor.ToString());
        Assert.Equal(Enumerable.Range(0, 20_000).SelectMany(row => Enumerable.Range(row, 5)), tensor.ToArray<int>());
    }

    [SkippableFact]
    public void NumPyReadsWhatIsWritten()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(4);
        var values = Enumerable.Range(0, 300).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))).Where(float.IsFinite).Take(200).Concat([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0.1f]).ToArray();
        var tensor = Tensor.FromArray(values, values.Length / 2, 2);
        TensorFile.Write(folder["x.csv"], tensor, columns: ["a", "b,\"c\""]);
        Assert.StartsWith("a,\"b,\"\"c\"\"\"\n", File.ReadAllText(folder["x.csv"]), StringComparison.Ordinal);
        Assert.Equal(tensor.Digest(), TensorFile.Read(folder["x.csv"]).Digest());
        var hex = Oracle.Execute("import sys, numpy as np\nx = np.loadtxt(sys.argv[1], delimiter=',', skiprows=1).astype('<f4'); x[np.isnan(x)] = 0\nprint(x.tobytes().hex())", folder["x.csv"]).Trim();
        Assert.Equal(hex, Convert.ToHexStringLower(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Array.ConvertAll(values, value => float.IsNaN(value) ? 0 : value).AsSpan())));
    }

    private static Tensor Read(string text, TensorReadOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["x.csv"], text);
        return TensorFile.Read(folder["x.csv"], options);
    }

    private static ModelToolsException Fails(string text, ErrorCode code, TensorReadOptions? options = null)
    {
        var error = Assert.Throws<ModelToolsException>(() => Read(text, options));
        Assert.Equal(code, error.Code);
        Assert.NotNull(error.Path);
        return error;
    }
}
