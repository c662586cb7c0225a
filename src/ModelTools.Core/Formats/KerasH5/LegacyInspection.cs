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
        var model = file.HasStructure ? Try(() => ReadModel(file, findings), findings) : null;
        var layerOf = Try(() => LayersByPath(file), findings) ?? [];
        var tensors = new List<StoredTensor>();
        foreach (var entry in file.Root.Walk())
        {
            if (entry.Problem is { } problem)
            {
                findings.Add(new ModelFinding(problem.Code, problem.Message, entry.Path));
            }
            else if (entry.Node is Hdf5Dataset { ElementType: { } element } dataset)
            {
                tensors.Add(new StoredTensor(dataset.Path, layerOf.GetValueOrDefault(dataset.Path), new TensorSpec(element, dataset.Shape)));
            }
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
        OpaqueWeights.Adopt(model, file);
        return model;
    }

    private static Dictionary<string, string> LayersByPath(LegacyFile file)
    {
        var layers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var layer in file.Layers)
        {
            foreach (var weight in layer.Weights)
            {
                layers[weight.Dataset.Path] = layer.Name;
            }
        }

        return layers;
    }

    private static T? Try<T>(Func<T> read, List<ModelFinding> findings)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ModelToolsException error)
        {
            findings.Add(new ModelFinding(error.Code, error.Message, error.Location));
            return null;
        }
    }
}
