using System.Security.Cryptography;
using System.Text;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>Makes contracts of models.</summary>
internal static class ContractBuilder
{
    /// <summary>The contract of a model; weights are read one by one.</summary>
    /// <exception cref="ModelToolsException">MT3008: the model is not built; MT3004: a weight has no value.</exception>
    public static ModelContract Build(Model model, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        if (!model.IsBuilt && model.Kind is not ModelKind.Subclassed)
        {
            throw new ModelToolsException(ErrorCode.ModelNotBuilt, $"The model {model.Name} does not know its input shape yet, so it has no contract.");
        }

        var weights = Weights(model, progress, cancellation);
        return new ModelContract
        {
            Digest = DigestOf(string.Concat(weights.Select(weight => $"{weight.Path}\0{weight.Digest}\n"))),
            Inputs = model.InputSpecs,
            Outputs = new UnknownParts(model).OutputsOf(model),
            Layers = [.. Layers(model, "")],
            Weights = weights,
        };
    }

    private static List<WeightContract> Weights(Model model, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        var paths = WeightPaths.Of(model);
        var total = paths.Sum(weight => weight.Variable.Shape.ElementCount * weight.Variable.DType.Size());
        var done = 0L;
        var contracts = new List<WeightContract>(paths.Count);
        foreach (var (path, variable) in paths)
        {
            if (!variable.HasValue)
            {
                throw new ModelToolsException(ErrorCode.WeightMissing, $"The weight {path} has no value, so there is no digest of it.") { Location = path };
            }

            progress?.Report(new OperationProgress(path, done, total));
            var value = variable.Value;
            contracts.Add(new WeightContract(path, value.DType, value.Shape, "sha256:" + value.Digest(cancellation)));
            done += value.Data.Length;
        }

        return contracts;
    }

    private static IEnumerable<LayerContract> Layers(Model model, string prefix)
    {
        var unknown = new UnknownParts(model);
        foreach (var layer in model.AllLayers.Where(layer => layer.Layer is not InputLayer))
        {
            var form = ConfigObject.Create(new("options", LayerForm.Options(layer)), new("calls", LayerForm.Calls(model, layer, other => other.Name)));
            yield return new LayerContract(prefix + layer.Name, UnknownParts.ClassOf(layer), unknown.OutputOf(model, layer), DigestOf(form.ToJson()));
            foreach (var inner in layer.NestedModel is { } nested ? Layers(nested, $"{prefix}{layer.Name}/") : [])
            {
                yield return inner;
            }
        }
    }

    private static string DigestOf(string text) => "sha256:" + System.Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
}
