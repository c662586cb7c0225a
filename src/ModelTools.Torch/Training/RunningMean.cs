using TorchSharp;

namespace ModelTools.Torch.Training;

/// <summary>The mean of a loss over all samples so far, kept in the engine: nothing waits until it is read.</summary>
/// <param name="name">Name in logs.</param>
internal sealed class RunningMean(string name) : IDisposable
{
    private torch.Tensor? _sum;
    private long _count;

    /// <summary>Name in logs.</summary>
    public string Name => name;

    /// <summary>Adds the mean of a batch.</summary>
    public void Add(torch.Tensor mean, int samples)
    {
        var weighted = mean.detach().to_type(torch.ScalarType.Float32).mul(samples);
        if (_sum is null)
        {
            _sum = weighted.DetachFromDisposeScope();
        }
        else
        {
            _sum.add_(weighted);
        }

        _count += samples;
    }

    /// <summary>The figure.</summary>
    public Measurement Read() => new(name, [_sum is null ? 0 : _sum.item<float>() / _count]);

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _sum?.Dispose();
        _sum = null;
        _count = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();
}
