namespace ModelTools.Training;

/// <summary>The curve under which <see cref="AUC"/> takes the area.</summary>
public enum AUCCurve
{
    /// <summary>True positives over false positives.</summary>
    ROC,

    /// <summary>Precision over recall.</summary>
    PR,

    /// <summary>Precision gain over recall gain.</summary>
    PRGAIN,
}
