using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>A source of random numbers for whole tensors: blocks are filled in parallel, and a seed gives the same numbers on any machine.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood 2014), one stream per block.</remarks>
internal struct RandomStream(ulong seed)
{
    private const int Block = 1 << 16;
    private const double To53Bits = 1.0 / (1L << 53);

    private ulong _state = seed;
    private double _spare = double.NaN;

    public delegate double Draw(ref RandomStream stream);

    /// <summary>Makes a tensor whose elements are drawn one after the other.</summary>
    public static Tensor Fill(Shape shape, DType dtype, ulong seed, Draw draw)
    {
        var tensor = Tensor.Allocate(dtype, shape, out var data);
        var size = dtype.Size();
        var blocks = (tensor.ElementCount + Block - 1) / Block;
        Parallel.For(0, blocks, block =>
        {
            var stream = new RandomStream(Mix(seed ^ Mix((ulong)block + 1)));
            var first = block * Block;
            FillBlock(data.Span(first * size, (int)Math.Min(Block, tensor.ElementCount - first) * size), dtype, ref stream, draw);
        });
        return tensor;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * To53Bits;

    /// <summary>Normal with mean 0 and deviation 1 (Marsaglia's polar method).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spare))
        {
            var spare = _spare;
            _spare = double.NaN;
            return spare;
        }

        double x, y, square;
        do
        {
            x = (2 * NextDouble()) - 1;
            y = (2 * NextDouble()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);

        var factor = Math.Sqrt(-2 * Math.Log(square) / square);
        _spare = y * factor;
        return x * factor;
    }

    /// <summary>Normal, drawn again until it lies within two deviations.</summary>
    public double NextTruncatedNormal()
    {
        while (true)
        {
            if (NextNormal() is > -2 and < 2 and var value)
            {
                return value;
            }
        }
    }

    private static void FillBlock(Span<byte> bytes, DType dtype, ref RandomStream stream, Draw draw)
    {
        switch (dtype)
        {
            case DType.Float32:
                foreach (ref var element in MemoryMarshal.Cast<byte, float>(bytes))
                {
                    element = (float)draw(ref stream);
                }

                break;
            case DType.Float64:
                foreach (ref var element in MemoryMarshal.Cast<byte, double>(bytes))
                {
                    element = draw(ref stream);
                }

                break;
            case DType.Float16:
                foreach (ref var element in MemoryMarshal.Cast<byte, Half>(bytes))
                {
                    element = (Half)draw(ref stream);
                }

                break;
            default:
                foreach (ref var element in MemoryMarshal.Cast<byte, ushort>(bytes))
                {
                    element = Numbers.ToBFloat16((float)draw(ref stream));
                }

                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);
}
