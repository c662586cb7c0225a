using TorchSharp;

namespace ModelTools.Torch.Operators;

/// <summary>Numbers as tensors of rank 0, kept between calls: formulas use the same few again and again.</summary>
internal sealed class ScalarCache : IDisposable
{
    private const int Most = 512;

    private readonly Dictionary<(torch.ScalarType, double), torch.Tensor> _scalars = [];

    /// <summary>The number as a tensor that outlives every dispose scope; nobody may change or dispose it.</summary>
    public torch.Tensor Get(torch.ScalarType type, double value)
    {
        if (_scalars.TryGetValue((type, value), out var scalar))
        {
            return scalar;
        }

        scalar = torch.full([], value, type);
        if (_scalars.Count < Most)
        {
            _scalars[(type, value)] = scalar.DetachFromDisposeScope();
        }

        return scalar;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var scalar in _scalars.Values)
        {
            scalar.Dispose();
        }

        _scalars.Clear();
    }
}
