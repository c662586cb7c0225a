using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>The curve under which <see cref="AUC"/> takes the area.</summary>
public enum AUCCurve
{
    /// <summary>True positives over false positives.</summary>
    [ConfigText("ROC")]
    ROC,

    /// <summary>Precision over recall.</summary>
    [ConfigText("PR")]
    PR,

    /// <summary>Precision gain over recall gain.</summary>
    [ConfigText("PRGAIN")]
    PRGAIN,
}
