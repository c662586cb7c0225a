using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;
using ModelTools.Models;

namespace ModelTools.Formats;

/// <summary>Converts models from one container into another: read, then write, with the weights passing through one by one.</summary>
public static class ModelConversion
{
    /// <summary>Converts a model.</summary>
    /// <param name="source">A model in any format; one that holds weights only needs a <paramref name="structure"/> or a structure (<c>.json</c>) beside it.</param>
    /// <param name="target">The target; its extension chooses the format unless <paramref name="format"/> does.</param>
    /// <param name="format">The format, or null.</param>
    /// <param name="readOptions">How the source is read.</param>
    /// <param name="writeOptions">How the target is written.</param>
    /// <param name="structure">The model whose weights the source holds; it is not changed.</param>
    /// <exception cref="ModelToolsException">MT1xxx to MT4xxx: the source; MT1008: it has no weights for a format that holds them; MT4003: the target's format cannot hold it; MT6xxx: the target.</exception>
    public static ConversionReport Convert(string source, string target, IModelFormat? format = null, ModelReadOptions? readOptions = null, ModelWriteOptions? writeOptions = null, Model? structure = null)
    {
        var (from, to) = (Path.GetFullPath(source), Path.GetFullPath(target));
        if (from == to)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"'{from}' would be written onto itself.") { Path = from, Advice = "Choose another target." };
        }

        var read = readOptions ?? ModelReadOptions.Default;
        var findings = new List<ModelFinding>();
        var write = writeOptions ?? ModelWriteOptions.Default;
        var sourceFormat = ModelFormat.Detect(from, read.Limits);
        var targetFormat = format ?? ModelFormat.ForWriting(to, ModelParts.None);
        var about = sourceFormat.Inspect(from, read.Limits);
        using (var open = ModelFile.Open(from, read with { Findings = findings, TrainingState = read.TrainingState && write.TrainingState }, structure))
        {
            RequireWeights(open.Model, from, about, targetFormat);
            Write(open.Model, from, to, targetFormat, write);
        }

        foreach (var finding in findings)
        {
            readOptions?.Findings?.Add(finding);
        }

        var written = targetFormat.Inspect(to, read.Limits);
        return new ConversionReport
        {
            Source = from,
            Target = to,
            SourceFormat = sourceFormat.Name,
            TargetFormat = targetFormat.Name,
            SourceBytes = about.FileBytes,
            TargetBytes = written.FileBytes,
            Kept = written.Parts,
            Dropped = about.Parts & ~written.Parts,
            Findings = findings,
        };
    }

    /// <summary>Where a converted model goes in a folder: the source's name with the extension of the format.</summary>
    /// <param name="source">The model that is read.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="format">The format to write.</param>
    public static string TargetIn(string source, string folder, IModelFormat format)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(source));
        var extension = ModelFormat.All.SelectMany(each => each.Extensions).Append(CheckpointPath.Index("")).Where(each => name.EndsWith(each, StringComparison.OrdinalIgnoreCase)).MaxBy(each => each.Length) ?? "";
        return Path.Combine(folder, name[..^extension.Length] + (format.Extensions.Count > 0 ? format.Extensions[0] : ""));
    }

    // A conversion keeps numbers and makes none up: an untrained model would look like the trained one.
    private static void RequireWeights(Model model, string source, ModelInfo about, IModelFormat format)
    {
        if (format.Writes.HasFlag(ModelParts.Weights) && !about.Parts.HasFlag(ModelParts.Weights) && model.Variables.Any(variable => !variable.HasValue))
        {
            throw new ModelToolsException(ErrorCode.MissingPart, $"'{source}' holds the structure of a model and no weights.")
            {
                Path = source,
                Advice = "Convert the weights and name this file as their structure, or import the model and save it if new weights are meant.",
            };
        }
    }

    private static void Write(Model model, string source, string target, IModelFormat format, ModelWriteOptions options)
    {
        try
        {
            if (format.Writes.HasFlag(ModelParts.Structure))
            {
                format.Write(model, target, options);
            }
            else
            {
                format.WriteWeights(model, target, options);
            }
        }
        catch (ModelToolsException error) when (error.Path is null)
        {
            // What the format cannot hold is said of the model that is there, not of the one that is not.
            throw error.WithPath(error.Code.Kind is ErrorKind.Usage ? target : source);
        }
    }
}
