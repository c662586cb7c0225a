using TorchSharp;

namespace ModelTools.Torch.Operators;

/// <summary>Random generators by seed: the same seed gives the same numbers, and each use goes on where the last one ended.</summary>
/// <param name="seed">Seed of the stream for users without a seed; null for a different one each time.</param>
internal sealed class RandomStreams(int? seed) : IDisposable
{
    private readonly torch.Generator _common = new((ulong)(seed ?? Random.Shared.Next()));
    private readonly Dictionary<int, torch.Generator> _seeded = [];

    /// <summary>The stream of a seed, or the common one.</summary>
    public torch.Generator Get(int? seed)
    {
        if (seed is not { } own)
        {
            return _common;
        }

        if (!_seeded.TryGetValue(own, out var stream))
        {
            _seeded[own] = stream = new torch.Generator((ulong)own);
        }

        return stream;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _common.Dispose();
        foreach (var stream in _seeded.Values)
        {
            stream.Dispose();
        }
    }
}
