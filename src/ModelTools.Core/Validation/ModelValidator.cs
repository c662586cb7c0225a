using ModelTools.Diagnostics;

namespace ModelTools.Validation;

/// <summary>Checks models in files.</summary>
public static class ModelValidator
{
    /// <summary>Checks one model. What is wrong with the file becomes findings and is never thrown.</summary>
    /// <param name="path">A model, a weights file or a checkpoint in any format.</param>
    /// <param name="policy">What is expected.</param>
    /// <param name="contract">The entry of a lock that the model is held against, or null.</param>
    /// <param name="evaluator">The engine, for recorded inputs and outputs.</param>
    /// <param name="limits">Limits for the file.</param>
    /// <param name="progress">Told how far reading is, in bytes of weights.</param>
    /// <param name="cancellation">Stops.</param>
    public static ValidationReport Validate(
        string path,
        ValidationPolicy? policy = null,
        ModelContract? contract = null,
        IModelEvaluator? evaluator = null,
        ModelReadLimits? limits = null,
        IProgress<OperationProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var run = new ValidationRun(Path.GetFullPath(path), policy ?? ValidationPolicy.Default, limits ?? ModelReadLimits.Default, progress, cancellation);
        run.Check(contract, evaluator);
        return run.ToReport();
    }
}
