using ModelTools.Diagnostics;
using ModelTools.Models;
using ModelTools.Torch.Data;
using ModelTools.Torch.Operators;
using ModelTools.Torch.Training;

namespace ModelTools.Torch;

/// <summary>Measures how well a model does: loss and metrics on given answers. Keras: <c>Model.evaluate</c>.</summary>
public static class Evaluator
{
    /// <summary>Loss and metrics over all samples, in the order and under the names of Keras's logs.</summary>
    /// <param name="model">A model with a training configuration.</param>
    /// <param name="data">The samples and their answers.</param>
    /// <param name="options">Batch size, progress, cancellation.</param>
    /// <exception cref="ModelToolsException">MT3006, MT3011: the data do not fit; MT6005: the model has no training configuration; MT5001, MT5002, MT5003: the engine.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<Measurement> Evaluate(Model model, TrainingData data, PredictionOptions? options = null)
    {
        using var operators = new TorchOperators();
        using var variables = new VariableStore();
        using var states = new StateMemory();
        ModelInputs.Prepare(model, data.Inputs);
        using var objective = new Objective(model, operators);
        var source = new SampleSource(model, data);
        objective.Check(data, options?.Cancellation ?? CancellationToken.None);
        return EngineFailure.Translate($"evaluate the model {model.Name}", () => EvaluationLoop.Run(model, operators, variables, states, objective, source, options ?? new PredictionOptions()));
    }
}
