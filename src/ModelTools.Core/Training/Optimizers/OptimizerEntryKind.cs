namespace ModelTools.Training;

/// <summary>What a stored optimizer variable is.</summary>
public enum OptimizerEntryKind
{
    /// <summary>The number of steps.</summary>
    Iteration,

    /// <summary>The learning rate.</summary>
    LearningRate,

    /// <summary>A slot of one variable.</summary>
    Slot,

    /// <summary>A number for all variables.</summary>
    Shared,

    /// <summary>A scalar without meaning that keeps a place.</summary>
    Placeholder,
}
