namespace ModelTools.Training;

/// <summary>How <see cref="R2Score"/> joins the outputs' scores.</summary>
public enum R2Aggregation
{
    /// <summary>Their mean.</summary>
    UniformAverage,

    /// <summary>Their mean, weighted by the targets' variances.</summary>
    VarianceWeightedAverage,
}
