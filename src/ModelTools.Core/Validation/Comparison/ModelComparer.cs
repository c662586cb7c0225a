using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Models;

namespace ModelTools.Validation;

/// <summary>Compares models part by part, whatever containers they come from.</summary>
public static class ModelComparer
{
    /// <summary>Compares two models in memory.</summary>
    /// <param name="reference">The first.</param>
    /// <param name="difference">The second.</param>
    /// <param name="options">How.</param>
    public static ModelComparison Compare(Model reference, Model difference, ComparisonOptions? options = null) =>
        new ComparisonRun(reference, difference, options ?? ComparisonOptions.Default).Run(reference.Name, difference.Name);

    /// <summary>Compares two models in files, weight by weight.</summary>
    /// <param name="reference">Path of the first.</param>
    /// <param name="difference">Path of the second.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ModelToolsException">MT1xxx, MT2xxx, MT4xxx, MT6xxx: a file cannot be read.</exception>
    public static ModelComparison Compare(string reference, string difference, ComparisonOptions? options = null)
    {
        options ??= ComparisonOptions.Default;
        var read = new ModelReadOptions { Limits = options.Limits, Cancellation = options.Cancellation };
        using var first = ModelFile.Open(reference, read);
        using var second = ModelFile.Open(difference, read);
        return new ComparisonRun(first.Model, second.Model, options).Run(Path.GetFullPath(reference), Path.GetFullPath(difference));
    }
}
