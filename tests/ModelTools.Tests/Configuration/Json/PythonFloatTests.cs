using System.Globalization;
using ModelTools.Configuration.Json;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Configuration.Json;

public sealed class PythonFloatTests
{
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(-12.5, "-12.5")]
    [InlineData(100.0, "100.0")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001234, "1.234e-05")]
    [InlineData(1e-7, "1e-07")]
    [InlineData(0.3f, "0.30000001192092896")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1234567890123456.0, "1234567890123456.0")]
    [InlineData(12345678901234568.0, "1.2345678901234568e+16")]
    [InlineData(1e23, "1e+23")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void ReprIsPythons(double value, string expected) => Assert.Equal(expected, PythonFloat.Repr(value));

    [Fact]
    public void JsonNamesWhatIsNotFinite() =>
        Assert.Equal("[NaN, Infinity, -Infinity]", ConfigArray.Create(double.NaN, double.PositiveInfinity, double.NegativeInfinity).ToJson());

    [SkippableFact]
    public void RandomDoublesAreSpeltAsPythonSpellsThem()
    {
        var random = new Random(3);
        double[] values =
        [
            .. Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).Where(double.IsFinite),
            .. Enumerable.Range(0, 5_000).Select(_ => (double)random.NextSingle()),
            .. Enumerable.Range(0, 2_000).Select(_ => Math.Round(random.NextDouble() * 1000, random.Next(8))),
            .. Enumerable.Range(-330, 640).Select(power => Math.Pow(10, power)),
            .. Enumerable.Range(-1074, 2090).Select(power => Math.ScaleB(1, power)),
        ];
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["bits"], values.Select(value => BitConverter.DoubleToInt64Bits(value).ToString(CultureInfo.InvariantCulture)));
        var answer = Oracle.Execute("import sys,struct\nfor line in open(sys.argv[1]): print(repr(struct.unpack('<d', struct.pack('<q', int(line)))[0]))", folder["bits"]);
        Assert.Equal(answer.Split('\n', StringSplitOptions.RemoveEmptyEntries), values.Select(PythonFloat.Repr));
    }
}
