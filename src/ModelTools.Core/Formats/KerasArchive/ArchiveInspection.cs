using ModelTools.Diagnostics;
using ModelTools.Formats.WeightsH5;
using ModelTools.Models;

namespace ModelTools.Formats.KerasArchive;

/// <summary>Lists what an archive holds, whatever is wrong with its parts.</summary>
internal static class ArchiveInspection
{
    /// <summary>Looks at an archive without reading weights.</summary>
    public static ModelInfo Inspect(ArchiveFile archive, string format)
    {
        var findings = new List<ModelFinding>();
        var version = Inspection.Try(archive.ReadVersion, findings);
        var model = Inspection.Try(() => ArchiveContent.ReadModel(archive, withTraining: true, findings), findings);
        using var weights = Inspection.Try(() => archive.OpenWeights(verify: false), findings);
        if (weights is not null)
        {
            findings.AddRange(WeightsInspection.Findings(weights));
            if (model is not null && weights.Problems.Count == 0)
            {
                model = Inspection.Try(() => Match(model, weights, findings), findings) ?? model;
            }
        }

        return new ModelInfo
        {
            Path = archive.Path,
            Format = format,
            FileBytes = archive.Length,
            Parts = ModelParts.Structure | (model?.Training is null ? 0 : ModelParts.TrainingConfiguration) | (weights is null ? 0 : WeightsInspection.Parts(weights)),
            WrittenBy = version is null ? null : "Keras " + version,
            Model = model,
            Tensors = weights is null ? [] : WeightsInspection.Tensors(weights),
            Findings = findings,
        };
    }

    // What reading would report or refuse; no weight is read for it.
    private static Model Match(Model model, WeightsFile weights, List<ModelFinding> findings)
    {
        model = ArchiveContent.WithLayers(model, weights);
        TreeMatcher.Match(model, weights, new ModelReadOptions { Findings = findings, TrainingState = false }, isOwn: true).Dispose();
        return model;
    }
}
