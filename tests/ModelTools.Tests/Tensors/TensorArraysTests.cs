using System.Collections;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Tests.Tensors;

public sealed class TensorArraysTests
{
    public static TheoryData<object, string> Values => new()
    {
        { 5, "int32 ()" },
        { 1.5, "float32 ()" },
        { true, "bool ()" },
        { "text", "string ()" },
        { new object[] { 1, 2, 3 }, "int32 (3,)" },
        { new object[] { 1, 5_000_000_000 }, "int64 (2,)" },
        { new object[] { 1, 2.5 }, "float32 (2,)" },
        { new object[] { 1.5m, (Half)1 }, "float32 (2,)" },
        { new object[] { (byte)1, (byte)2 }, "uint8 (2,)" },
        { new object[] { (byte)1, 2 }, "int32 (2,)" },
        { new object[] { true, false }, "bool (2,)" },
        { new object[] { "a", "b" }, "string (2,)" },
        { new object[] { new object[] { 1, 2, 3 }, new object[] { 4, 5, 6 } }, "int32 (2, 3)" },
        { new ArrayList { new ArrayList { 1.0 }, new ArrayList { 2.0 } }, "float32 (2, 1)" },
        { new byte[] { 1, 2 }, "uint8 (2,)" },
        { new double[] { 1, 2 }, "float64 (2,)" },
        { new[] { new[] { 1f, 2f }, new[] { 3f, 4f } }, "float32 (2, 2)" },
        { new float[2, 3, 4], "float32 (2, 3, 4)" },
        { new[] { "a", "b" }, "string (2,)" },
        { new object[] { Tensor.FromArray([1f, 2f]), Tensor.FromArray([3f, 4f]) }, "float32 (2, 2)" },
        { Tensor.FromArray([1f, 2f]), "float32 (2,)" },
        { Array.Empty<object>(), "float32 (0,)" },
        { new object[] { Array.Empty<object>(), Array.Empty<object>() }, "float32 (2, 0)" },
        { new[] { Array.Empty<int>() }, "int32 (1, 0)" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void ShapeAndTypeAreInferred(object value, string expected) => Assert.Equal(expected, TensorArrays.FromNested(value).ToString());

    public static TheoryData<object?> Unfit => new()
    {
        new object[] { new object[] { 1, 2 }, new object[] { 3 } },
        new object[] { 1, new object[] { 2 } },
        new object[] { new object[] { 1 }, 2 },
        new object[] { new object[] { new object[] { 1 } }, new object[] { 2 } },
        new object[] { Array.Empty<object>(), new object[] { 2 } },
        new object[] { new[] { 1, 2 }, new[] { 3 } },
        new object[] { new[] { 1, 2 }, new[] { 3f, 4f } },
        new object[] { "a", 1 },
        new object[] { true, 1.5 },
        new object?[] { 1, null },
        (object?)null,
        new Hashtable(),
        new object[] { new DateTime(2000, 1, 1), new DateTime(2000, 1, 1) },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void RaggedAndMixedArraysAreRefused(object? value) =>
        Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<ModelToolsException>(() => TensorArrays.FromNested(value)).Code);

    [Fact]
    public void AnEndlessNestIsRefused()
    {
        var loop = new ArrayList();
        loop.Add(loop);
        Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<ModelToolsException>(() => TensorArrays.FromNested(loop)).Code);
    }

    [Fact]
    public void ValuesAreUnwrappedAndConverted()
    {
        var tensor = TensorArrays.FromNested(new object[] { Tuple.Create(1), Tuple.Create(2) }, DType.Float64, value => value is Tuple<int> tuple ? tuple.Item1 : value);
        Assert.Equal([1.0, 2.0], tensor.AsSpan<double>().ToArray());
    }

    [Fact]
    public void ElementsComeBackAsNestedArrays()
    {
        var rows = Assert.IsType<object[]>(Tensor.FromArray([1f, 2f, 3f, 4f], 2, 2).ToNested());
        Assert.Equal([3f, 4f], Assert.IsType<float[]>(rows[1]));
        Assert.Equal(7L, Tensor.Scalar(7L).ToNested());
        Assert.Equal(["a"], Assert.IsType<string[]>(Tensor.FromStrings(["a"], [1]).ToNested()));
        Assert.Equal([1.5f], Assert.IsType<float[]>(Tensor.FromArray([1.5f]).Cast(DType.BFloat16).ToNested()));
        foreach (var dtype in DTypes.All.Where(dtype => dtype != DType.String))
        {
            var tensor = Tensor.FromArray([0, 1, 1, 0, 1, 0], 1, 2, 3).Cast(dtype);
            Assert.Equal(tensor.ToArray<int>(), TensorArrays.FromNested(tensor.ToNested()).ToArray<int>());
        }
    }
}
