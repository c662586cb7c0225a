namespace ModelTools.Training;

/// <summary>Weighted numbers of right and wrong answers, per threshold (and label).</summary>
/// <typeparam name="T">The operators' tensor.</typeparam>
/// <param name="TruePositives">Yes, rightly.</param>
/// <param name="FalsePositives">Yes, wrongly.</param>
/// <param name="TrueNegatives">No, rightly.</param>
/// <param name="FalseNegatives">No, wrongly.</param>
internal sealed record Counts<T>(T TruePositives, T FalsePositives, T TrueNegatives, T FalseNegatives)
    where T : class;
