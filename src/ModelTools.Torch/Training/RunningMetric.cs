using ModelTools.Tensors;
using ModelTools.Torch.Operators;
using ModelTools.Training;
using TorchSharp;

namespace ModelTools.Torch.Training;

/// <summary>A metric of one output over all samples so far, kept in the engine.</summary>
/// <param name="name">Name in logs.</param>
/// <param name="metric">The metric.</param>
/// <param name="output">Number of the model's output.</param>
/// <param name="weighted">True if sample weights count.</param>
internal sealed class RunningMetric(string name, Metric metric, int output, bool weighted) : IDisposable
{
    private Metric _metric = metric;
    private MetricState<torch.Tensor>? _state;

    /// <summary>Number of the output.</summary>
    public int Output => output;

    /// <summary>Adds a batch.</summary>
    public void Add(TorchOperators op, torch.Tensor target, torch.Tensor prediction, torch.Tensor? sampleWeight, torch.Tensor? mask)
    {
        _metric = _state is null ? _metric.Resolve(Shape.Create(target.shape), Shape.Create(prediction.shape)) : _metric;
        var next = _metric.Update(op, _state, target, prediction, weighted ? sampleWeight : null, mask);

        // Handles of our own: what the metric gives may be a number that the operators keep for everybody.
        var kept = next.Values.Select(value => value.detach().DetachFromDisposeScope()).ToArray();
        Reset();
        _state = new MetricState<torch.Tensor>(kept);
    }

    /// <summary>The figure; NaN before the first batch.</summary>
    public Measurement Read(TorchOperators op)
    {
        if (_state is null)
        {
            return new Measurement(name, [double.NaN]);
        }

        using var scope = torch.NewDisposeScope();
        var result = TorchMemory.Download(_metric.Result(op, _state).to_type(torch.ScalarType.Float64));
        return new Measurement(name, result.AsSpan<double>().ToArray());
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        foreach (var value in _state?.Values ?? [])
        {
            value.Dispose();
        }

        _state = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();
}
