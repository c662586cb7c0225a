using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Validation;

namespace ModelTools.Torch;

/// <summary>Runs models for the checks of recorded outputs.</summary>
public sealed class EngineEvaluator : IModelEvaluator
{
    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Predict(Model model, IReadOnlyList<Tensor> inputs, CancellationToken cancellation)
    {
        using var predictor = new Predictor(model);
        return predictor.Predict(inputs, new PredictionOptions { Cancellation = cancellation });
    }
}
