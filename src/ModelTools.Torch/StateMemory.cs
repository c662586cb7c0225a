using ModelTools.Layers;
using TorchSharp;

namespace ModelTools.Torch;

/// <summary>The states of stateful layers between batches; no gradient goes back into the batch before.</summary>
internal sealed class StateMemory : IStateMemory<torch.Tensor>, IDisposable
{
    private readonly Dictionary<WeightScope, torch.Tensor[]> _states = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public IReadOnlyList<torch.Tensor>? Recall(WeightScope layer) => _states.GetValueOrDefault(layer);

    /// <inheritdoc/>
    public void Keep(WeightScope layer, IReadOnlyList<torch.Tensor> states)
    {
        // Copies: a state may be one tensor with the first states, or be kept by the operators for everybody.
        torch.Tensor[] kept = [.. states.Select(state => state.detach().clone().DetachFromDisposeScope())];
        Forget(layer);
        _states[layer] = kept;
    }

    /// <summary>Forgets all states: every layer begins anew.</summary>
    public void Reset()
    {
        foreach (var layer in _states.Keys.ToArray())
        {
            Forget(layer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();

    private void Forget(WeightScope layer)
    {
        if (_states.Remove(layer, out var states))
        {
            Array.ForEach(states, state => state.Dispose());
        }
    }
}
