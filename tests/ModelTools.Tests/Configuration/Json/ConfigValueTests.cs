using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;

namespace ModelTools.Tests.Configuration.Json;

public sealed class ConfigValueTests
{
    private static readonly ConfigObject Layer =
    [
        new("class_name", "Dense"),
        new("units", 10),
        new("rate", 0.001),
        new("use_bias", true),
        new("seed", (string?)null),
        new("shape", ConfigArray.Create(ConfigNull.Value, 784)),
    ];

    [Fact]
    public void ObjectsAreWrittenInEveryStyle()
    {
        Assert.Equal("""{"class_name": "Dense", "units": 10, "rate": 0.001, "use_bias": true, "seed": null, "shape": [null, 784]}""", Layer.ToJson());
        Assert.Equal("""{"class_name":"Dense","units":10,"rate":0.001,"use_bias":true,"seed":null,"shape":[null,784]}""", Layer.ToJson(ConfigStyle.Compact));
        ConfigObject small = [new("a", ConfigArray.Create(1, ConfigObject.Empty)), new("b", ConfigArray.Empty)];
        Assert.Equal("{\n    \"a\": [\n        1,\n        {}\n    ],\n    \"b\": []\n}", small.ToJson(ConfigStyle.Indented));
    }

    [Fact]
    public void MembersAreChangedWithoutTouchingTheOriginal()
    {
        var changed = Layer.With("units", 20).With("name", "d").Without("seed", "shape", "rate");
        Assert.Equal("""{"class_name": "Dense", "units": 20, "use_bias": true, "name": "d"}""", changed.ToJson());
        Assert.Equal(10, Layer.GetInt64("units"));
        Assert.Same(Layer, Layer.Without("none"));
    }

    [Fact]
    public void MembersComeUnderTheirTypes()
    {
        Assert.Equal("Dense", Layer.GetString("class_name"));
        Assert.Equal(0.001, Layer.GetDouble("rate"));
        Assert.Equal(10.0, Layer.GetDouble("units"));
        Assert.True(Layer.GetBoolean("use_bias"));
        Assert.Equal(2, Layer.GetArray("shape").Count);
        Assert.Null(Layer.FindString("seed"));
        Assert.Null(Layer.FindInt64("missing"));
        AssertWrong(() => Layer.GetString("seed"), "'seed'");
        AssertWrong(() => Layer.GetString("units"), "an integer");
        AssertWrong(() => Layer.GetInt64("rate"), "0.001");
        AssertWrong(() => Layer.GetObject("missing"), "'missing'");
    }

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("0.1", "1e-1", true)]
    [InlineData("NaN", "NaN", true)]
    [InlineData("-0.0", "0", true)]
    [InlineData("9007199254740993", "9007199254740992", false)]
    [InlineData("[1, 2]", "[2, 1]", false)]
    [InlineData("""{"a": 1, "b": null}""", """{"b": null, "a": 1.0}""", true)]
    [InlineData("""{"a": 1, "b": 2}""", """{"a": 1, "c": 2}""", false)]
    [InlineData("\"1\"", "1", false)]
    [InlineData("null", "false", false)]
    public void EqualityIsByContent(string left, string right, bool equal)
    {
        var (a, b) = (ConfigValue.Parse(left), ConfigValue.Parse(right));
        Assert.Equal(equal, a.Equals(b));
        Assert.Equal(equal, b.Equals(a));
        Assert.True(!equal || a.GetHashCode() == b.GetHashCode());
    }

    [Theory]
    [InlineData("5", 5L)]
    [InlineData("-2.0", -2L)]
    [InlineData("1e3", 1000L)]
    [InlineData("1.5", null)]
    [InlineData("NaN", null)]
    [InlineData("1e300", null)]
    [InlineData("99999999999999999999", null)]
    public void WholeNumbersAreFound(string text, long? expected)
    {
        var number = Assert.IsType<ConfigNumber>(ConfigValue.Parse(text));
        Assert.Equal(expected, number.TryGetInt64(out var value) ? value : null);
    }

    private static void AssertWrong(Action read, string part)
    {
        var error = Assert.Throws<ModelToolsException>(read);
        Assert.Equal(ErrorCode.CorruptConfiguration, error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
