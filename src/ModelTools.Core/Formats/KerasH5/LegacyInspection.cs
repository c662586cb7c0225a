using ModelTools.Configuration;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats.KerasH5;

/// <summary>Lists what a legacy file holds, whatever is wrong with it.</summary>
internal static class LegacyInspection
{
    /// <summary>Looks at a file without reading weights.</summary>
    public static ModelInfo Inspect(LegacyFile file, string format)
    {
        var findings = new List<ModelFinding>();
        var model = file.HasStructure ? Inspection.Try(() => ReadModel(file, findings), findings) : null;
        var layerOf = Inspection.Try(() => LayersByPath(file), findings) ?? [];
        if (model is not null)
        {
            // What reading would report or refuse; no weight is read for it.
            _ = Inspection.Try(() => WeightMatcher.Match(model, file, new ModelReadOptions { Findings = findings }, isOwn: true), findings);
        }

        var tensors = new List<StoredTensor>();
        foreach (var entry in file.Root.Walk())
        {
            if (entry.Problem is { } problem)
            {
                findings.Add(new ModelFinding(problem.Code, problem.Message, entry.Path));
            }
            else if (entry.Node is Hdf5Dataset { ElementType: { } element } dataset)
            {
                if (!layerOf.ContainsKey(dataset.Path) && layerOf.Count > 0 && !dataset.Path.StartsWith("/optimizer_weights/", StringComparison.Ordinal))
                {
                    findings.Add(new ModelFinding(ErrorCode.WeightCountMismatch, $"No layer lists the dataset '{dataset.Path}' among its weights.", dataset.Path));
                }

                tensors.Add(new StoredTensor(dataset.Path, layerOf.GetValueOrDefault(dataset.Path), new TensorSpec(element, dataset.Shape)));
            }
        }

        if (!file.HasStructure)
        {
            findings.Add(new ModelFinding(ErrorCode.MissingPart, "The file holds weights only, not the structure of a model.", null));
        }

        var parts = ModelParts.Weights | (file.HasStructure ? ModelParts.Structure : 0);
        parts |= file.Root.Attributes.ContainsKey("training_config") ? ModelParts.TrainingConfiguration : 0;
        parts |= file.Root.Links.Any(link => link.Name == "optimizer_weights") ? ModelParts.OptimizerState : 0;
        return new ModelInfo
        {
            Path = file.Path,
            Format = format,
            FileBytes = new FileInfo(file.Path).Length,
            Parts = parts,
            WrittenBy = "Keras " + file.Version,
            Model = model,
            Tensors = tensors,
            Findings = findings,
        };
    }

    private static Model ReadModel(LegacyFile file, List<ModelFinding> findings)
    {
        var document = file.ReadConfiguration();
        findings.AddRange(document.DuplicateKeys.Select(key => new ModelFinding(ErrorCode.CorruptConfiguration, $"The configuration has '{key}' twice; the last one counts.", key)));
        var model = KerasJson.ReadModel(document.Root, file.Dialect, findings);
        return model;
    }

    private static Dictionary<string, string> LayersByPath(LegacyFile file)
    {
        var layers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var layer in file.TopLevel is { } top ? file.Layers.Append(top) : file.Layers)
        {
            foreach (var weight in layer.Weights)
            {
                layers[weight.Dataset.Path] = layer.Name;
            }
        }

        return layers;
    }
}
