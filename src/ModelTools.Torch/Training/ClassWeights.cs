using ModelTools.Diagnostics;
using ModelTools.Torch.Data;
using TorchSharp;

namespace ModelTools.Torch.Training;

/// <summary>Weights per class as weights per sample. Keras: <c>class_weight</c>.</summary>
internal sealed class ClassWeights : IDisposable
{
    private readonly torch.Tensor _table;

    /// <summary>Takes weights by class number; a class that is not named has weight 1.</summary>
    /// <exception cref="ModelToolsException">MT6004: a class number is negative, or the model has several outputs.</exception>
    public ClassWeights(IReadOnlyDictionary<int, double> weights, int outputs)
    {
        if (outputs != 1 || weights.Count == 0 || weights.Keys.Min() < 0)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, outputs != 1 ? "Class weights are for models with one output." : "Class weights name classes from 0 on, at least one.");
        }

        var values = Enumerable.Range(0, weights.Keys.Max() + 1).Select(number => weights.TryGetValue(number, out var weight) ? (float)weight : 1).ToArray();
        _table = torch.tensor(values).DetachFromDisposeScope();
    }

    /// <summary>The batch with its weights multiplied by those of its classes.</summary>
    public SampleBatch Apply(SampleBatch batch)
    {
        if (batch.Targets[0] is not { } target)
        {
            return batch;
        }

        var classes = target.dim() > 1 && target.size(-1) > 1 ? target.argmax(-1) : target.dim() > 1 ? target.squeeze(-1) : target;
        var known = _table.size(0);
        classes = classes.to_type(torch.ScalarType.Int64);
        var weights = torch.where(classes.lt(known), _table.index_select(0, classes.clamp(0, known - 1).reshape(-1)).reshape(classes.shape), torch.ones([], torch.ScalarType.Float32));
        return batch with { SampleWeights = [batch.SampleWeights[0] is { } own ? own.mul(weights) : weights] };
    }

    /// <inheritdoc/>
    public void Dispose() => _table.Dispose();
}
