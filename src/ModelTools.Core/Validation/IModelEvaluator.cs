using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>Runs a model: implemented by the engine, which the core does not know.</summary>
public interface IModelEvaluator
{
    /// <summary>Computes the outputs.</summary>
    /// <param name="model">A built model with values.</param>
    /// <param name="inputs">One tensor an input, in the model's order, batch first.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>One tensor an output.</returns>
    /// <exception cref="Diagnostics.ModelToolsException">MT3006: the inputs do not fit; MT5xxx: the engine.</exception>
    IReadOnlyList<Tensor> Predict(Model model, IReadOnlyList<Tensor> inputs, CancellationToken cancellation);
}
