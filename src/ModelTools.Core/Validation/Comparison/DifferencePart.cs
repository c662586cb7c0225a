namespace ModelTools.Validation;

/// <summary>The part of a model in which two models differ.</summary>
public enum DifferencePart
{
    /// <summary>Names, types or shapes of inputs.</summary>
    Inputs,

    /// <summary>Names, types or shapes of outputs.</summary>
    Outputs,

    /// <summary>Layers and their calls.</summary>
    Structure,

    /// <summary>Options of a layer.</summary>
    Configuration,

    /// <summary>Names, types or shapes of weights.</summary>
    Weights,

    /// <summary>Numbers of weights.</summary>
    Values,

    /// <summary>Optimizer, losses and metrics.</summary>
    Training,
}
