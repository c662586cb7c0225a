using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Formats.WeightsH5;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Formats.KerasArchive;

/// <summary>Makes the model of an archive.</summary>
internal static class ArchiveContent
{
    /// <summary>The structure, and how it is trained, without weights. What deserves a warning goes into the findings.</summary>
    /// <exception cref="ModelToolsException">MT1006, MT1011: the configuration is not valid; MT2004: too large.</exception>
    public static Model ReadModel(ArchiveFile archive, bool withTraining, ICollection<ModelFinding> findings)
    {
        var document = archive.ReadConfiguration();
        foreach (var key in document.DuplicateKeys)
        {
            findings.Add(new ModelFinding(ErrorCode.CorruptConfiguration, $"The configuration has '{key}' twice; the last one counts.", key));
        }

        var root = document.Root as ConfigObject ?? throw new ModelToolsException(ErrorCode.CorruptConfiguration, $"The member '{ArchiveFile.Configuration}' holds {document.Root.KindName}, not a model.") { Path = archive.Path, Location = ArchiveFile.Configuration };
        var dialect = ReadDialect(archive, root, findings);
        return KerasJson.ReadWhole(Vocabularies.Join(root, archive, findings), dialect, withTraining, findings);
    }

    /// <summary>Finds the weights of the model, and where its optimizer stood. The model is another object where only the weights tell its layers.</summary>
    /// <exception cref="ModelToolsException">MT1xxx, MT2xxx: the weights cannot be read; MT3xxx: they are not those of the structure.</exception>
    public static OpenModel MatchWeights(Model model, WeightsFile weights, ModelReadOptions options)
    {
        try
        {
            model = WithLayers(model, weights);
            var assignment = TreeMatcher.Match(model, weights, options, isOwn: true);
            model.OptimizerState = assignment.OptimizerState;
            if (options.TrainingState && model.Training?.Optimizer is null && weights.Root.Child(OptimizerGroup.Name) is { HasVariables: true })
            {
                options.Findings?.Add(new ModelFinding(ErrorCode.MissingPart, "The archive holds the state of an optimizer, but does not say which optimizer it was; the state is left out.", OptimizerGroup.Name));
            }

            return new OpenModel(model, assignment, weights);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The model itself, or one with the layers of the weights if it is of a class of its own.</summary>
    public static Model WithLayers(Model model, WeightsFile weights) => model is { Kind: ModelKind.Subclassed, AllLayers.Count: 0 } ? OpaqueWeights.Layers(model, weights.Root) : model;

    private static KerasDialect ReadDialect(ArchiveFile archive, ConfigObject root, ICollection<ModelFinding> findings)
    {
        if (archive.ReadVersion() is { } version)
        {
            return DialectDetector.OfVersion(version);
        }

        findings.Add(new ModelFinding(ErrorCode.MissingPart, $"The archive does not say in '{ArchiveFile.Metadata}' which Keras wrote it; its structure tells.", ArchiveFile.Metadata));
        return DialectDetector.Detect(root);
    }
}
