using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Torch.Data;
using ModelTools.Torch.Operators;
using ModelTools.Training;
using TorchSharp;

namespace ModelTools.Torch.Training;

/// <summary>What a training makes small and what it reports: losses, penalties and metrics of a model.</summary>
internal sealed class Objective : IDisposable
{
    private readonly TorchOperators _op;
    private readonly Model _model;
    private readonly RunningMean _total = new("loss");
    private readonly OutputLoss[] _losses;
    private readonly RunningMetric[] _metrics;
    private Loss?[]? _resolved;

    /// <summary>Takes a model's training configuration.</summary>
    /// <exception cref="ModelToolsException">MT6005: there is none; MT6004, MT6006: it does not fit the model's outputs.</exception>
    public Objective(Model model, TorchOperators op)
    {
        _op = op;
        _model = model;
        var configuration = (model.Training ?? throw new ModelToolsException(ErrorCode.NotCompiled, $"The model {model.Name} has no training configuration.")).For(model.Dialect);
        string[] names = [.. model.OutputSpecs.Select(spec => spec.Name ?? "")];
        configuration.Loss?.Check(names, "loss");
        configuration.LossWeights?.Check(names, "loss weights");
        configuration.Metrics?.Check(names, "metrics");
        configuration.WeightedMetrics?.Check(names, "weighted metrics");

        _losses =
        [
            .. names.Select((name, output) => (Name: name, Output: output, Loss: configuration.Loss?.For(output, name))).Where(row => row.Loss is not null).Select(row =>
                new OutputLoss(row.Output, row.Name, row.Loss!, configuration.LossWeights?.For(row.Output, row.Name), names.Length > 1 ? new RunningMean($"{row.Name}_loss") : null)),
        ];
        _metrics = [.. Metrics(configuration.Metrics, names, false), .. Metrics(configuration.WeightedMetrics, names, true)];
    }

    /// <summary>Checks what can be told of the targets before the first step.</summary>
    /// <exception cref="ModelToolsException">MT3011: a label is not the number of a class.</exception>
    public void Check(TrainingData data, CancellationToken cancellation)
    {
        foreach (var loss in _losses)
        {
            if (data.Targets[loss.Output] is { } target && !_model.Outputs[loss.Output].IsOpaque)
            {
                ClassLabels.Check(loss.Loss, target, _model.OutputSpecs[loss.Output], cancellation);
            }
        }
    }

    /// <summary>The scalar whose gradient is wanted; adds it to the running means.</summary>
    public torch.Tensor Loss(IReadOnlyList<Masked<torch.Tensor>> outputs, SampleBatch batch, CallContext<torch.Tensor> context, IVariableAccess<torch.Tensor> variables)
    {
        _resolved ??= Resolve(outputs, batch);
        torch.Tensor? sum = null;
        for (var i = 0; i < _losses.Length; i++)
        {
            var (output, name, _, weight, mean) = _losses[i];
            var target = batch.Targets[output] ?? throw new ModelToolsException(ErrorCode.TargetMismatch, $"The output '{name}' has a loss, but no target was given.") { Location = name };
            var loss = _resolved[i]!.Compute(_op, target, outputs[output].Value, batch.SampleWeights[output], outputs[output].Mask);
            loss = loss.dim() == 0 ? loss : loss.mean();
            mean?.Add(loss, batch.Count);
            loss = weight is { } factor ? loss.mul(factor) : loss;
            sum = sum is null ? loss : sum.add(loss);
        }

        foreach (var penalty in context.Losses.Concat(Penalties(variables)))
        {
            sum = sum is null ? penalty : sum.add(penalty);
        }

        sum = sum ?? throw new ModelToolsException(ErrorCode.NotCompiled, $"The model {_model.Name} has no loss.");
        _total.Add(sum, batch.Count);
        return sum;
    }

    /// <summary>Adds a batch to the metrics.</summary>
    public void Measure(IReadOnlyList<Masked<torch.Tensor>> outputs, SampleBatch batch)
    {
        foreach (var metric in _metrics)
        {
            if (batch.Targets[metric.Output] is { } target)
            {
                var (prediction, mask) = outputs[metric.Output];
                metric.Add(_op, target, prediction.detach(), batch.SampleWeights[metric.Output], mask);
            }
        }
    }

    /// <summary>Loss, losses of the outputs, metrics: in the order of Keras's logs. Waits for the engine.</summary>
    public IReadOnlyList<Measurement> Read() =>
        [_total.Read(), .. _losses.Select(loss => loss.Mean?.Read()).OfType<Measurement>(), .. _metrics.Select(metric => metric.Read(_op))];

    /// <summary>Starts afresh.</summary>
    public void Reset()
    {
        _total.Reset();
        Array.ForEach(_losses, loss => loss.Mean?.Reset());
        Array.ForEach(_metrics, metric => metric.Reset());
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();

    private static IEnumerable<RunningMetric> Metrics(PerOutput<IReadOnlyList<Metric>>? metrics, string[] outputs, bool weighted) =>
        from output in Enumerable.Range(0, outputs.Length)
        from metric in metrics?.For(output, outputs[output]) ?? []
        select new RunningMetric(outputs.Length > 1 ? $"{outputs[output]}_{metric.Name}" : metric.Name, metric, output, weighted);

    private Loss?[] Resolve(IReadOnlyList<Masked<torch.Tensor>> outputs, SampleBatch batch) =>
    [
        .. _losses.Select(loss =>
        {
            if (batch.Targets[loss.Output] is not { } target)
            {
                return null;
            }

            var wanted = Shape.Create(outputs[loss.Output].Value.shape);
            var given = Shape.Create(target.shape);
            if (given.Rank == wanted.Rank && Enumerable.Range(0, given.Rank).Any(axis => given[axis] != wanted[axis] && given[axis] != 1 && wanted[axis] != 1))
            {
                throw new ModelToolsException(ErrorCode.TargetMismatch, $"The output '{loss.Name}' has shape {wanted}; its target has shape {given}.") { Location = loss.Name };
            }

            return loss.Loss.Resolve(given, wanted);
        }),
    ];

    /// <summary>Penalties of the weights; Keras 2 counts those of frozen layers too.</summary>
    private IEnumerable<torch.Tensor> Penalties(IVariableAccess<torch.Tensor> variables) =>
        from variable in _model.Dialect is Objects.KerasDialect.Keras2 ? _model.Variables : _model.TrainableVariables
        where variable.Regularizer is not null
        select variable.Regularizer!.Penalty(_op, variables.Read(variable));
}
