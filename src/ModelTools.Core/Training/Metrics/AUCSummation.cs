namespace ModelTools.Training;

/// <summary>How <see cref="AUC"/> takes the area between two thresholds.</summary>
public enum AUCSummation
{
    /// <summary>Their mean height; for PR Davis and Goadrich's interpolation.</summary>
    Interpolation,

    /// <summary>The lower one.</summary>
    Minoring,

    /// <summary>The higher one.</summary>
    Majoring,
}
