using ModelTools.Diagnostics;

namespace ModelTools.Validation;

/// <summary>One thing that is checked of a model.</summary>
/// <param name="Code">The code of its findings.</param>
/// <param name="Name">A short name, such as <c>FiniteNumbers</c>.</param>
/// <param name="DefaultSeverity">How much a finding counts unless a policy says otherwise.</param>
/// <param name="Description">What is checked, as one sentence.</param>
public sealed record ValidationRule(ErrorCode Code, string Name, FindingSeverity DefaultSeverity, string Description)
{
    /// <summary>The rules beyond those of reading, in the order of their codes. Every other code is an error when reading fails with it, and a warning when reading goes on.</summary>
    public static IReadOnlyList<ValidationRule> All { get; } = new ValidationRule[]
    {
        new(ErrorCode.MalformedGraph, "Graph", FindingSeverity.Error, "The layers form one graph, and their shapes fit from the inputs to the outputs."),
        new(ErrorCode.ExecutableContent, "NoCode", FindingSeverity.Error, "No layer and no function carries or names code."),
        new(ErrorCode.UnsafeOperation, "SafeOperations", FindingSeverity.Error, "No operation of the graph reaches beyond the model."),
        new(ErrorCode.ContentsChanged, "Contents", FindingSeverity.Error, "The numbers of the weights are those of the lock."),
        new(ErrorCode.NonFiniteWeights, "FiniteNumbers", FindingSeverity.Error, "No weight holds NaN or infinity."),
        new(ErrorCode.SignatureChanged, "Signature", FindingSeverity.Error, "Inputs and outputs are those of the lock."),
        new(ErrorCode.WeightShapeChanged, "WeightShapes", FindingSeverity.Error, "Every weight has the shape of the lock."),
        new(ErrorCode.DTypeChanged, "DTypes", FindingSeverity.Error, "Weights, inputs and outputs have the types of the lock."),
        new(ErrorCode.LayersChanged, "Layers", FindingSeverity.Error, "Layers, their classes and their options are those of the lock."),
        new(ErrorCode.NotLocked, "Locked", FindingSeverity.Error, "The lock has an entry for the model."),
        new(ErrorCode.SizeBudgetExceeded, "SizeBudget", FindingSeverity.Error, "File and parameters keep within the budget."),
        new(ErrorCode.DTypeNotAllowed, "AllowedDTypes", FindingSeverity.Error, "Every weight has an allowed type."),
        new(ErrorCode.UnexpectedSignature, "ExpectedSignature", FindingSeverity.Error, "Inputs and outputs are those that the program expects."),
        new(ErrorCode.GoldenMismatch, "GoldenOutputs", FindingSeverity.Error, "Recorded inputs still give the recorded outputs."),
        new(ErrorCode.UnsupportedOperation, "KnownOperations", FindingSeverity.Error, "Every operation of the graph is one of TensorFlow's."),
        new(ErrorCode.LayerNotAllowed, "KnownLayers", FindingSeverity.Warning, "Every layer is known or allowed by name."),
        new(ErrorCode.PackageTooLarge, "PackageSize", FindingSeverity.Error, "The package keeps within its limit."),
    };

    /// <summary>The rule with this code, or null.</summary>
    /// <param name="code">The code.</param>
    public static ValidationRule? Find(ErrorCode code) => All.FirstOrDefault(rule => rule.Code == code);
}
