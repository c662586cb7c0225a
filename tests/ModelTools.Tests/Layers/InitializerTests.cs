using ModelTools.Layers;
using ModelTools.Tensors;

namespace ModelTools.Tests.Layers;

/// <summary>First values of weights: their distribution, and that a seed repeats them.</summary>
public class InitializerTests
{
    private static readonly Shape Matrix = [300, 500];

    public static TheoryData<Initializer, double, double> Distributions => new()
    {
        { new GlorotUniform(), Math.Sqrt(2.0 / 800), Math.Sqrt(6.0 / 800) },
        { new GlorotNormal(), Math.Sqrt(2.0 / 800), 2 * Math.Sqrt(2.0 / 800) / 0.8796256610342398 },
        { new HeUniform(), Math.Sqrt(2.0 / 300), Math.Sqrt(6.0 / 300) },
        { new HeNormal(), Math.Sqrt(2.0 / 300), 2 * Math.Sqrt(2.0 / 300) / 0.8796256610342398 },
        { new LecunUniform(), Math.Sqrt(1.0 / 300), Math.Sqrt(3.0 / 300) },
        { new LecunNormal(), Math.Sqrt(1.0 / 300), 2 * Math.Sqrt(1.0 / 300) / 0.8796256610342398 },
        { new VarianceScaling { Scale = 3, Mode = FanMode.FanOut, Distribution = FanDistribution.UntruncatedNormal }, Math.Sqrt(3.0 / 500), double.PositiveInfinity },
        { new RandomUniform(), 0.1 / Math.Sqrt(12), 0.05 },
        { new RandomNormal(), 0.05, double.PositiveInfinity },
        { new TruncatedNormal(), 0.05 * 0.8796256610342398, 0.1 },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Random_values_have_the_deviation_and_the_limits_of_Keras(Initializer initializer, double deviation, double limit)
    {
        var values = Values(initializer.Create(Matrix, DType.Float32, new Random(1)));
        Assert.InRange(values.Average(), -deviation / 50, deviation / 50);
        Assert.InRange(Math.Sqrt(values.Average(value => value * value)), deviation * 0.99, deviation * 1.01);
        Assert.All(values, value => Assert.InRange(Math.Abs(value), 0, limit * 1.0001));
        Assert.True(values.Distinct().Count() > values.Length / 2, "Values repeat.");
    }

    [Fact]
    public void The_fans_of_a_convolution_count_its_window()
    {
        var values = Values(new GlorotUniform().Create([3, 3, 16, 64], DType.Float32, new Random(1)));
        Assert.InRange(values.Max(), Math.Sqrt(6.0 / (9 * 80)) * 0.99, Math.Sqrt(6.0 / (9 * 80)));
        Assert.InRange(Values(new HeUniform { InputAxes = new[] { 1 }, OutputAxes = new[] { 0 } }.Create(Matrix, DType.Float32, new Random(1))).Max(), Math.Sqrt(6.0 / 500) * 0.99, Math.Sqrt(6.0 / 500));
    }

    [Theory]
    [InlineData(12, 40)]
    [InlineData(40, 12)]
    [InlineData(24, 24)]
    public void Orthogonal_rows_or_columns_are_orthonormal(int rows, int columns)
    {
        var values = Values(new Orthogonal { Gain = 2 }.Create([rows, columns], DType.Float32, new Random(1)));
        var byRows = rows <= columns;
        double At(int vector, int element) => byRows ? values[(vector * columns) + element] : values[(element * columns) + vector];
        for (var i = 0; i < Math.Min(rows, columns); i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var product = Enumerable.Range(0, Math.Max(rows, columns)).Sum(k => At(i, k) * At(j, k));
                Assert.Equal(i == j ? 4 : 0, product, 1e-5);
            }
        }
    }

    [Fact]
    public void A_seed_repeats_the_values_and_a_source_gives_others_each_time()
    {
        var seeded = new GlorotUniform { Seed = 7 };
        Assert.Equal(Values(seeded.Create(Matrix, DType.Float32, new Random(1))), Values(seeded.Create(Matrix, DType.Float32, new Random(2))));
        var random = new Random(1);
        Assert.NotEqual(Values(new GlorotUniform().Create(Matrix, DType.Float32, random)), Values(new GlorotUniform().Create(Matrix, DType.Float32, random)));
        Assert.Equal(Values(new GlorotUniform().Create(Matrix, DType.Float32, new Random(3))), Values(new GlorotUniform().Create(Matrix, DType.Float32, new Random(3))));
    }

    [Fact]
    public void Constants_fill_every_type()
    {
        Assert.Equal([1f, 1f], new Ones().Create([2], DType.Float32, Random.Shared).AsSpan<float>().ToArray());
        Assert.Equal([(Half)0.5], new Constant(0.5).Create([1], DType.Float16, Random.Shared).AsSpan<Half>().ToArray());
        Assert.Equal([(ushort)0x3F80], new Ones().Create([1], DType.BFloat16, Random.Shared).AsSpan<ushort>().ToArray());
        Assert.Equal([3L], new Constant(3).Create([1], DType.Int64, Random.Shared).AsSpan<long>().ToArray());
        Assert.Equal([1f, 0, 0, 0, 1, 0], new IdentityInitializer().Create([2, 3], DType.Float32, Random.Shared).AsSpan<float>().ToArray());
    }

    [Fact]
    public void The_bias_of_an_LSTM_begins_with_an_open_forget_gate()
    {
        var lstm = new LSTM(2) { Name = "lstm" };
        var weights = new WeightBuilder(lstm, "lstm", "lstm");
        lstm.Build([[-1, 3, 4]], weights);
        var bias = weights.Scope.All.Single(variable => variable.Name == "bias");
        Assert.Equal("lstm/lstm_cell/bias", bias.FullName);
        Assert.Equal([0f, 0, 1, 1, 0, 0, 0, 0], bias.Value.AsSpan<float>().ToArray());
    }

    private static double[] Values(Tensor tensor) => [.. tensor.AsSpan<float>().ToArray().Select(value => (double)value)];
}
