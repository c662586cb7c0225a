namespace ModelTools.Training;

/// <summary>How scores of classes become one.</summary>
public enum ScoreAverage
{
    /// <summary>All classes are counted together.</summary>
    Micro,

    /// <summary>The mean of the classes' scores.</summary>
    Macro,

    /// <summary>Their mean, weighted by how often a class occurs.</summary>
    Weighted,
}
