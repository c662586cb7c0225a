using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>Holds one contract against another.</summary>
internal sealed class ContractCheck(ModelContract expected, ModelContract actual)
{
    private readonly List<ModelFinding> _findings = [];

    // A layer whose weights changed has other options as well: that is said once.
    private readonly HashSet<string> _explained = new(StringComparer.Ordinal);

    /// <summary>What differs, the most telling first.</summary>
    public IReadOnlyList<ModelFinding> Run()
    {
        if (expected.Digest == actual.Digest && expected.Layers.SequenceEqual(actual.Layers) && expected.Inputs.SequenceEqual(actual.Inputs) && expected.Outputs.SequenceEqual(actual.Outputs))
        {
            return [];
        }

        CheckLayersExist();
        CheckWeights();
        CheckSignature("input", expected.Inputs, actual.Inputs);
        CheckSignature("output", expected.Outputs, actual.Outputs);
        CheckOptions();
        CheckOrder();
        return _findings.OrderBy(finding => finding.Code == ErrorCode.ContentsChanged).ToArray();
    }

    private void CheckLayersExist()
    {
        foreach (var name in expected.Layers.Select(layer => layer.Name).Except(actual.Layers.Select(layer => layer.Name)))
        {
            Explain(name);
            Add(ErrorCode.LayersChanged, name, $"The layer '{name}' ({expected.Layers.First(layer => layer.Name == name).ClassName}) is gone.");
        }

        foreach (var name in actual.Layers.Select(layer => layer.Name).Except(expected.Layers.Select(layer => layer.Name)))
        {
            Explain(name);
            Add(ErrorCode.LayersChanged, name, $"The layer '{name}' ({actual.Layers.First(layer => layer.Name == name).ClassName}) is new.");
        }

        foreach (var (before, now) in Pairs().Where(pair => pair.Before.ClassName != pair.Now.ClassName))
        {
            Explain(now.Name);
            Add(ErrorCode.LayersChanged, now.Name, $"The layer '{now.Name}' was a {before.ClassName} and is a {now.ClassName}.");
        }
    }

    private void CheckWeights()
    {
        var now = actual.Weights.ToDictionary(weight => weight.Path, StringComparer.Ordinal);
        foreach (var before in expected.Weights)
        {
            if (!now.Remove(before.Path, out var weight))
            {
                AddUnlessExplained(before.Path, ErrorCode.WeightShapeChanged, $"The weight '{before.Path}' {before.Shape} is gone.");
            }
            else if (!weight.Shape.Equals(before.Shape))
            {
                AddUnlessExplained(before.Path, ErrorCode.WeightShapeChanged, $"The weight '{before.Path}' had the shape {before.Shape} and has {weight.Shape}.");
            }
            else if (weight.DType != before.DType)
            {
                AddUnlessExplained(before.Path, ErrorCode.DTypeChanged, $"The weight '{before.Path}' was {before.DType.Name()} and is {weight.DType.Name()}.");
            }
            else if (weight.Digest != before.Digest)
            {
                Add(ErrorCode.ContentsChanged, before.Path, $"The numbers of the weight '{before.Path}' are not those of the lock.");
            }
        }

        foreach (var weight in now.Values)
        {
            AddUnlessExplained(weight.Path, ErrorCode.WeightShapeChanged, $"The weight '{weight.Path}' {weight.Shape} is new.");
        }

        foreach (var finding in _findings.Where(finding => finding.Code == ErrorCode.WeightShapeChanged || finding.Code == ErrorCode.DTypeChanged).ToList())
        {
            Explain(LayerOf(finding.Location!));
        }
    }

    private void CheckSignature(string kind, IReadOnlyList<TensorSpec> before, IReadOnlyList<TensorSpec> now)
    {
        if (before.Count != now.Count)
        {
            Add(ErrorCode.SignatureChanged, kind, $"The model had {before.Count} {kind}s ({List(before)}) and has {now.Count} ({List(now)}).");
            return;
        }

        foreach (var (old, current) in before.Zip(now))
        {
            if (old.Name != current.Name || !old.Shape.Equals(current.Shape))
            {
                Add(ErrorCode.SignatureChanged, current.Name, $"The {kind} '{SignatureText.Format(old)}' is now '{SignatureText.Format(current)}'.");
            }
            else if (old.DType != current.DType)
            {
                Add(ErrorCode.DTypeChanged, current.Name, $"The {kind} '{current.Name}' was {old.DType.Name()} and is {current.DType.Name()}.");
            }
        }

        static string List(IReadOnlyList<TensorSpec> specs) => string.Join("; ", specs.Select(SignatureText.Format));
    }

    private void CheckOptions()
    {
        foreach (var (before, now) in Pairs().Where(pair => pair.Before.ConfigDigest != pair.Now.ConfigDigest && !_explained.Contains(pair.Now.Name)))
        {
            Add(ErrorCode.LayersChanged, now.Name, $"The layer '{now.Name}' ({now.ClassName}) has other options or takes other inputs.");
        }

        // Shapes follow from what was said so far; alone they say something.
        foreach (var (before, now) in _findings.Count > 0 ? [] : Pairs().Where(pair => !Equals(pair.Before.OutputShape, pair.Now.OutputShape)))
        {
            Add(ErrorCode.LayersChanged, now.Name, $"The output of the layer '{now.Name}' had the shape {before.OutputShape} and has {now.OutputShape}.");
        }
    }

    private void CheckOrder()
    {
        if (_findings.Count == 0 && !expected.Layers.Select(layer => layer.Name).SequenceEqual(actual.Layers.Select(layer => layer.Name)))
        {
            Add(ErrorCode.LayersChanged, null, "The layers are in another order.");
        }
    }

    private IEnumerable<(LayerContract Before, LayerContract Now)> Pairs() => expected.Layers.Join(actual.Layers, layer => layer.Name, layer => layer.Name, (before, now) => (before, now));

    private void Explain(string layer) => _explained.Add(layer);

    private string LayerOf(string weight) => expected.Layers.Concat(actual.Layers).Select(layer => layer.Name).Where(name => weight.StartsWith(name + "/", StringComparison.Ordinal)).MaxBy(name => name.Length) ?? weight;

    private void AddUnlessExplained(string weight, ErrorCode code, string message)
    {
        if (!_explained.Contains(LayerOf(weight)))
        {
            Add(code, weight, message);
        }
    }

    private void Add(ErrorCode code, string? location, string message) => _findings.Add(new ModelFinding(code, message, location) { Severity = FindingSeverity.Error });
}
