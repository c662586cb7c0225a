using System.Text;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;

namespace ModelTools.Tests.Configuration.Json;

public sealed class ConfigParserTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[NaN, Infinity, -Infinity]")]
    [InlineData("""{"b": 1.0, "a": [1, -0, 0.30000001192092896, 1e-07, 1E+5], "": {"x": "\u00e9\ud83d\ude00\ud800\u007f\"\\\n\r\t\b\f"}}""")]
    public void WhatPythonWritesComesBackUnchanged(string text) => Assert.Equal(text, ConfigValue.Parse(text).ToJson());

    [Fact]
    public void BlanksEscapesAndByteOrderMarkAreRead()
    {
        var value = ConfigValue.Parse("\uFEFF \r\n\t{ \"k\\u0041\\/\" :\n[ \"é😀\" , 2 ] } ");
        Assert.Equal("""{"kA/": ["\u00e9\ud83d\ude00", 2]}""", value.ToJson());
    }

    [Fact]
    public void OfDuplicateKeysTheLastCountsAndIsReported()
    {
        var document = ConfigDocument.Parse("""{"config": {"layers": [{"units": 1, "name": "a", "units": 2}]}, "config2": 0}""");
        Assert.Equal(["config.layers[0].units"], document.DuplicateKeys);
        Assert.Equal("""{"config": {"layers": [{"units": 2, "name": "a"}]}, "config2": 0}""", document.Root.ToJson());
    }

    [Fact]
    public void DuplicatesAmongManyMembersAreFound()
    {
        var members = Enumerable.Range(0, 40).Select(i => $"\"k{i % 20}\": {i}");
        var document = ConfigDocument.Parse("{" + string.Join(", ", members) + "}");
        var config = Assert.IsType<ConfigObject>(document.Root);
        Assert.Equal(20, document.DuplicateKeys.Count);
        Assert.Equal(20, config.Count);
        Assert.Equal(39, config.GetInt64("k19"));
        Assert.Equal("k0", config.Keys.First());
    }

    [Theory]
    [InlineData("", "line 1, column 1 ")]
    [InlineData("{\n  \"a\": 1,\n  \"b\" 2}", "line 3, column 7 ")]
    [InlineData("[1, 2", "line 1, column 6 ")]
    [InlineData("[1,]", "line 1, column 4 ")]
    [InlineData("[1] 2", "line 1, column 5 ")]
    [InlineData("{\"a\": tru}", "line 1, column 7 ")]
    [InlineData("{a: 1}", "line 1, column 2 ")]
    [InlineData("[01]", "line 1, column 3 ")]
    [InlineData("[1.]", "line 1, column 4 ")]
    [InlineData("[+1]", "line 1, column 2 ")]
    [InlineData("[.5]", "line 1, column 2 ")]
    [InlineData("[1e]", "line 1, column 4 ")]
    [InlineData("[-]", "line 1, column 3 ")]
    [InlineData("\"abc", "line 1, column 1 ")]
    [InlineData("\"a\nb\"", "line 1, column 3 ")]
    [InlineData("\"\\x\"", "line 1, column 2 ")]
    [InlineData("\"\\u12g4\"", "line 1, column 2 ")]
    [InlineData("\"\\u12", "line 1, column 2 ")]
    [InlineData("\"\\", "line 1, column 2 ")]
    [InlineData("// no\n1", "line 1, column 1 ")]
    [InlineData("[1}", "line 1, column 3 ")]
    public void DamageIsToldWithItsPlace(string text, string place)
    {
        var error = Assert.Throws<ModelToolsException>(() => ConfigDocument.Parse(text));
        Assert.Equal(ErrorCode.CorruptConfiguration, error.Code);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLocationOfDamageIsAPath()
    {
        var error = Assert.Throws<ModelToolsException>(() => ConfigDocument.Parse("""{"config": {"layers": [1, {"name": x}]}}"""));
        Assert.Equal("config.layers[1].name", error.Location);
    }

    [Fact]
    public void BytesThatAreNotUtf8AreRefused()
    {
        var error = Assert.Throws<ModelToolsException>(() => ConfigDocument.Parse("[\"ab\u0000"u8.ToArray()[..4].Append((byte)0xFF).Append((byte)'"').Append((byte)']').ToArray()));
        Assert.Equal(ErrorCode.CorruptConfiguration, error.Code);
        Assert.Contains("byte 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DepthIsLimited()
    {
        static string Nested(int depth) => new string('[', depth) + new string(']', depth);
        Assert.Equal(Nested(128), ConfigValue.Parse(Nested(128)).ToJson());
        Assert.Equal(ErrorCode.StructureLimit, Assert.Throws<ModelToolsException>(() => ConfigDocument.Parse(Nested(129))).Code);
        Assert.Equal(ErrorCode.StructureLimit, Assert.Throws<ModelToolsException>(() => ConfigDocument.Parse(new string('[', 1_000_000))).Code);
    }

    [Fact]
    public void LengthAndNumberOfValuesAreLimited()
    {
        var limits = ModelReadLimits.Default with { MaximumTextBytes = 20, MaximumObjects = 3 };
        Assert.Equal(ErrorCode.SizeLimit, Assert.Throws<ModelToolsException>(() => ConfigDocument.Parse(new string(' ', 21), limits)).Code);
        Assert.Equal(ErrorCode.StructureLimit, Assert.Throws<ModelToolsException>(() => ConfigDocument.Parse("[1, 2, 3]", limits)).Code);
        Assert.Equal("[1, 2]", ConfigDocument.Parse("[1, 2]", limits).Root.ToJson());
        Assert.Equal(ErrorCode.CorruptConfiguration, Assert.Throws<ModelToolsException>(() => ConfigDocument.Parse(new string('1', 5000))).Code);
    }

    [Fact]
    public void NoCutOrChangedByteBreaksTheParser()
    {
        var text = Encoding.UTF8.GetBytes("""{"class_name": "Sequential", "config": [{"a": -1.5e-7, "é": [true, null, NaN, "\u00e9\n"]}]}""");
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = text.AsSpan(0, random.Next(text.Length + 1)).ToArray();
            for (var change = random.Next(3); change > 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                var json = ConfigDocument.Parse(bytes).Root.ToJson();
                Assert.Equal(json, ConfigValue.Parse(json).ToJson());
            }
            catch (ModelToolsException error)
            {
                Assert.Equal(ErrorCode.CorruptConfiguration, error.Code);
            }
        }
    }
}
