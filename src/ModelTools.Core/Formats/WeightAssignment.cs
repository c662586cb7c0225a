using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Formats;

/// <summary>One stored tensor and the weight that it belongs to.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Variable">The weight.</param>
/// <param name="Source">The tensor's name in the file.</param>
/// <param name="Value">The stored tensor, not read yet.</param>
public sealed record WeightMatch(string Layer, Variable Variable, string Source, Tensor Value);

/// <summary>Which stored tensors go where: made whole before a single weight changes, so that a failure leaves the model as it was.</summary>
public sealed class WeightAssignment : IDisposable
{
    private readonly IDisposable? _source;

    /// <summary>Makes an assignment.</summary>
    /// <param name="matches">Tensors and weights; shapes agree.</param>
    /// <param name="source">What must stay open until the tensors are read.</param>
    public WeightAssignment(IReadOnlyList<WeightMatch> matches, IDisposable? source = null)
    {
        Matches = matches;
        _source = source;
    }

    /// <summary>What will be assigned.</summary>
    public IReadOnlyList<WeightMatch> Matches { get; }

    /// <summary>Weights of the model for which the file has nothing (only with SkipMismatch or ByName).</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Tensors in the file that belong to nothing in the model.</summary>
    public IReadOnlyList<string> Unused { get; init; } = [];

    /// <summary>Tensors that were left out because their shape does not fit (only with SkipMismatch).</summary>
    public IReadOnlyList<string> Mismatched { get; init; } = [];

    /// <summary>Where the optimizer stood, if the file says it and it fits the model's optimizer.</summary>
    public OptimizerState? OptimizerState { get; init; }

    /// <summary>Reads all tensors, then gives them to the weights.</summary>
    /// <exception cref="ModelToolsException">MT1xxx: a tensor cannot be read; the weights are unchanged.</exception>
    public void Apply(IProgress<OperationProgress>? progress = null, CancellationToken cancellation = default)
    {
        var values = TensorLoader.LoadAll([.. Matches.Select(match => match.Value)], [.. Matches.Select(match => match.Source)], progress, cancellation);
        for (var i = 0; i < values.Count; i++)
        {
            Matches[i].Variable.Value = values[i];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source?.Dispose();
}
