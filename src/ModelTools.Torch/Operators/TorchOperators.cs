using ModelTools.Operators;
using ModelTools.Tensors;
using TorchSharp;

namespace ModelTools.Torch.Operators;

/// <summary>The operator vocabulary on the engine: TensorFlow's semantics, computed by libtorch.</summary>
/// <remarks>
/// Tensors belong to the dispose scope of the calling thread. Channels-last tensors are handed over as permuted views, which libtorch computes in
/// place (its "channels last" memory format), so nothing is copied to change the order of axes. Not for use by several threads at once.
/// </remarks>
internal sealed partial class TorchOperators : IOperators<torch.Tensor>, IDisposable
{
    private readonly RandomStreams _random;
    private readonly ScalarCache _scalars = new();

    /// <summary>Makes the operators.</summary>
    /// <param name="seed">Start of the random numbers that have no seed of their own; null for a different one each time.</param>
    public TorchOperators(int? seed = null)
    {
        TorchEngine.Start();
        _random = new RandomStreams(seed);
    }

    /// <inheritdoc/>
    public DType DTypeOf(torch.Tensor x) => x.dtype.ToDType();

    /// <inheritdoc/>
    public Shape ShapeOf(torch.Tensor x) => Shape.Create(x.shape);

    /// <inheritdoc/>
    public Dimension<torch.Tensor> DimensionOf(torch.Tensor x, int axis) => x.size(axis);

    /// <inheritdoc/>
    public torch.Tensor Constant(Tensor value) => TorchMemory.Upload(value);

    /// <inheritdoc/>
    public torch.Tensor Fill(DType dtype, IReadOnlyList<Dimension<torch.Tensor>> shape, double value) =>
        shape.Count == 0 ? _scalars.Get(dtype.ToTorch(), value) : torch.full(Extents(shape), value, dtype.ToTorch());

    /// <inheritdoc/>
    public torch.Tensor RandomUniform(DType dtype, IReadOnlyList<Dimension<torch.Tensor>> shape, double minimum, double maximum, int? seed)
    {
        var unit = torch.rand(Extents(shape), dtype.ToTorch(), generator: _random.Get(seed));
        return minimum == 0 && maximum == 1 ? unit : unit.mul_(maximum - minimum).add_(minimum);
    }

    /// <inheritdoc/>
    public torch.Tensor RandomNormal(DType dtype, IReadOnlyList<Dimension<torch.Tensor>> shape, double mean, double deviation, int? seed)
    {
        var unit = torch.randn(Extents(shape), dtype.ToTorch(), generator: _random.Get(seed));
        return mean == 0 && deviation == 1 ? unit : unit.mul_(deviation).add_(mean);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _random.Dispose();
        _scalars.Dispose();
    }

    private static long[] Extents(IReadOnlyList<Dimension<torch.Tensor>> shape)
    {
        var extents = new long[shape.Count];
        for (var axis = 0; axis < extents.Length; axis++)
        {
            extents[axis] = shape[axis] is { IsKnown: false, Value: { } value } ? value.to_type(torch.ScalarType.Int64).item<long>() : shape[axis].Known;
        }

        return extents;
    }

    private static long[] Longs(IReadOnlyList<int> values)
    {
        var result = new long[values.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = values[i];
        }

        return result;
    }
}
