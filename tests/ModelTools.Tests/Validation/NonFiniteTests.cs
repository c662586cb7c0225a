using ModelTools.Tensors;
using ModelTools.Validation;

namespace ModelTools.Tests.Validation;

/// <summary>The search for NaN and infinity, in every type and at every place.</summary>
public class NonFiniteTests
{
    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void The_first_such_number_is_found(DType dtype)
    {
        for (var place = 0; place < 70; place++)
        {
            var values = Enumerable.Range(0, 70).Select(i => i * -1.5).ToArray();
            Assert.Null(Tensor.FromArray(values, 7, 10).Cast(dtype).FindNonFinite());
            values[place] = double.NegativeInfinity;
            values[69] = place == 69 ? values[69] : double.NaN;
            Assert.Equal((place, false), Tensor.FromArray(values, 7, 10).Cast(dtype).FindNonFinite());
            values[place] = double.NaN;
            Assert.Equal((place, true), Tensor.FromArray(values, 7, 10).Cast(dtype).FindNonFinite());
        }
    }

    [Fact]
    public void Complex_numbers_are_counted_whole()
    {
        System.Numerics.Complex[] values = [new(1, 2), new(3, double.NaN), new(double.PositiveInfinity, 0)];
        Assert.Equal((1L, true), Tensor.FromArray(values, 3).FindNonFinite());
    }

    [Fact]
    public void The_largest_finite_numbers_are_finite()
    {
        Assert.Null(Tensor.FromArray([float.MaxValue, float.MinValue, float.Epsilon, -0f], 4).FindNonFinite());
        Assert.Null(Tensor.FromArray([Half.MaxValue, Half.MinValue], 2).FindNonFinite());
        Assert.Equal("[2, 1]", Shape.Create([4, 3]).PlaceOf(7));
    }

    [Fact]
    public void A_number_far_in_a_large_tensor_is_found()
    {
        var values = new float[700_001];
        values[700_000] = float.NaN;
        Assert.Equal((700_000L, true), Tensor.FromArray(values, 700_001).FindNonFinite());
    }
}
