using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Torch.Data;
using ModelTools.Torch.Operators;
using TorchSharp;

namespace ModelTools.Torch.Training;

/// <summary>Measures a model on data, without training it.</summary>
internal static class EvaluationLoop
{
    /// <summary>Loss and metrics over all samples.</summary>
    public static IReadOnlyList<Measurement> Run(Model model, TorchOperators op, VariableStore variables, StateMemory states, Objective objective, SampleSource source, PredictionOptions options)
    {
        using var noGradient = torch.no_grad();
        using var threads = ThreadChoice.For(model, options.BatchSize);
        objective.Reset();
        for (var start = 0L; start < source.Count; start += options.BatchSize)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var batch = source.Read(start, (int)Math.Min(options.BatchSize, source.Count - start));
            var context = new CallContext<torch.Tensor> { Dialect = model.Dialect, States = states };
            var outputs = ModelRunner.Run(model, op, variables, [.. batch.Inputs.Select(input => new Masked<torch.Tensor>(input))], context);
            _ = objective.Loss(outputs, batch, context, variables);
            objective.Measure(outputs, batch);
            variables.ApplyUpdates();
            options.Progress?.Report(new OperationProgress(model.Name, start + batch.Count, source.Count));
        }

        return objective.Read();
    }
}
