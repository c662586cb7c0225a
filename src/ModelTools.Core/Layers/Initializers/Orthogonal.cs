using System.Numerics;
using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>A random matrix with orthonormal rows or columns, times a number. Keras: <c>keras.initializers.Orthogonal</c>.</summary>
/// <remarks>A weight of higher rank is taken as the matrix [all other axes, last axis].</remarks>
[ObjectAlias("OrthogonalInitializer")]
public sealed record Orthogonal : RandomInitializer
{
    /// <summary>Length of the rows or columns.</summary>
    public double Gain { get; init; } = 1;

    /// <inheritdoc/>
    /// <exception cref="ModelToolsException">MT3007: the weight has less than two axes.</exception>
    public override Tensor Create(Shape shape, DType dtype, Random random)
    {
        if (shape.Rank < 2)
        {
            throw new ModelToolsException(ErrorCode.InvalidLayer, $"The initializer Orthogonal makes weights with at least two axes, not one of shape {shape}.");
        }

        var columns = checked((int)shape[^1]);
        var rows = checked((int)shape.SkipLast(1).Aggregate(1L, (a, b) => a * b));
        var vectors = Orthonormal(Math.Min(rows, columns), Math.Max(rows, columns), SeedFrom(random));
        var values = new double[(long)rows * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                values[((long)row * columns) + column] = Gain * (rows < columns ? vectors[row][column] : vectors[column][row]);
            }
        }

        return Numbers.From(values, shape, dtype);
    }

    /// <summary>The Q of a QR decomposition with a positive diagonal in R, by the modified Gram-Schmidt process.</summary>
    private static double[][] Orthonormal(int count, int length, ulong seed)
    {
        var vectors = new double[count][];
        var stream = new RandomStream(seed);
        for (var i = 0; i < count; i++)
        {
            var vector = new double[length];
            for (var k = 0; k < length; k++)
            {
                vector[k] = stream.NextNormal();
            }

            for (var j = 0; j < i; j++)
            {
                AddScaled(vector, vectors[j], -Dot(vector, vectors[j]));
            }

            AddScaled(vector, vector, (1 / Math.Sqrt(Dot(vector, vector))) - 1);
            vectors[i] = vector;
        }

        return vectors;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = Vector<double>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sum += new Vector<double>(a[i..]) * new Vector<double>(b[i..]);
        }

        var total = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            total += a[i] * b[i];
        }

        return total;
    }

    private static void AddScaled(Span<double> target, ReadOnlySpan<double> vector, double factor)
    {
        var i = 0;
        for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(target[i..]) + (new Vector<double>(vector[i..]) * factor)).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] += vector[i] * factor;
        }
    }
}
