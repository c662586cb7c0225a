namespace ModelTools.Formats;

/// <summary>What a format can carry.</summary>
[Flags]
public enum ModelParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Layers and their calls.</summary>
    Structure = 1,

    /// <summary>Weights.</summary>
    Weights = 2,

    /// <summary>Optimizer, losses and metrics.</summary>
    TrainingConfiguration = 4,

    /// <summary>Where the optimizer stands.</summary>
    OptimizerState = 8,

    /// <summary>A graph of operations that servers run.</summary>
    Graph = 16,
}
