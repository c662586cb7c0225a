using System.Text;
using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Formats.SavedModel.Reading;

/// <summary>Reads SavedModels through what Keras 2 or ModelTools says of their layers; the graph is looked at, never run.</summary>
internal static class SavedModelReader
{
    /// <summary>Rebuilds the model and leaves its weights where they are.</summary>
    /// <exception cref="ModelToolsException">MT1005, MT1008: damaged or incomplete; MT2008, MT2006: unsafe; MT4005: without Keras's metadata.</exception>
    public static OpenModel Open(string path, ModelReadOptions options)
    {
        var content = SavedModelParser.Parse(path, options.Limits);
        content.RequireSafe();
        var (model, findings) = ReadStructure(content, options.TrainingState);
        foreach (var finding in findings)
        {
            options.Findings?.Add(finding);
        }

        var reader = CheckpointReader.Open(content.VariablesPrefix, options.Limits);
        try
        {
            var assignment = CheckpointWeights.Match(reader, model, options);
            model.OptimizerState = options.TrainingState ? assignment.OptimizerState : null;
            return new OpenModel(model, assignment, reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Finds the tensor of each weight of a model.</summary>
    public static WeightAssignment MatchWeights(string path, Model model, ModelReadOptions options)
    {
        var content = SavedModelParser.Parse(path, options.Limits);
        content.RequireSafe();
        return CheckpointWeights.Match(CheckpointReader.Open(content.VariablesPrefix, options.Limits), model, options);
    }

    /// <summary>The model as its metadata describe it, without values.</summary>
    /// <param name="content">The directory.</param>
    /// <param name="training">Read how it is trained too.</param>
    public static (Model Model, IReadOnlyList<ModelFinding> Findings) ReadStructure(SavedModelContent content, bool training)
    {
        var root = ConfigValue.Parse(Text(content)) as ConfigObject ?? throw new ModelToolsException(ErrorCode.CorruptSavedModel, "The structure of the model is not an object.") { Path = content.Path };
        var findings = new List<ModelFinding>();
        if (content.RootMetadata is null)
        {
            return (KerasJson.ReadWhole(root, DialectDetector.Detect(root), training, findings), findings);
        }

        var model = KerasJson.ReadModel(root, KerasDialect.Keras2, findings);
        if (training && root.Find(KerasMetadata.TrainingMember) is ConfigObject config)
        {
            model.Training = KerasJson.ReadTraining(config, KerasDialect.Keras2, findings);
        }

        return (model, findings);
    }

    private static ReadOnlySpan<byte> Text(SavedModelContent content) =>
        content.RootMetadata is { } metadata ? Encoding.UTF8.GetBytes(metadata)
        : content.Structure ?? throw new ModelToolsException(ErrorCode.UnsupportedFormat, "The SavedModel does not say which layers it is made of: it was not written by Keras 2, or without its metadata.")
        {
            Path = content.Path,
            Advice = "Save the model as .keras or .h5, or look at its signatures with Get-ModelInfo.",
        };
}
