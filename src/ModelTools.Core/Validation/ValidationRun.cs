using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>One model on its way through all checks.</summary>
internal sealed class ValidationRun(string path, ValidationPolicy policy, ModelReadLimits limits, IProgress<OperationProgress>? progress, CancellationToken cancellation)
{
    private readonly List<ModelFinding> _findings = [];
    private string? _format;

    private ModelReadOptions Options(ICollection<ModelFinding>? findings) => new() { Limits = limits, Findings = findings, Cancellation = cancellation };

    /// <summary>Does all checks; one that fails does not keep the others from being done.</summary>
    public void Check(ModelContract? contract, IModelEvaluator? evaluator)
    {
        ModelInfo? info = null;
        var models = contract is null && policy.LockPath is { } file ? Try(() => ModelLock.Read(file)) : null;
        contract ??= models?.Find(path, policy.LockPath!);
        var format = Try(() => ModelFormat.Detect(path, limits));
        if (format is null)
        {
            return;
        }

        _format = format.Name;
        Try(() => info = format.Inspect(path, limits));
        var about = new List<ModelFinding>(info?.Findings ?? []);
        using var open = info is null || HasStructure(info) || contract is not null ? Try(() => ModelFile.Open(path, Options(about))) : null;
        CheckValues(format, open?.Model, open?.Matches ?? []);
        AddInspected(about, open?.Model ?? info?.Model, isWeightsOnly: info is not null && !HasStructure(info));
        if (info is not null)
        {
            CheckBudget(info);
            CheckTypes(info, open?.Model);
        }

        if (contract is null && models is not null)
        {
            Try(() => AddNotLocked(models, open?.Model));
        }

        if (open is null)
        {
            return;
        }

        CheckSignature(open.Model);
        if (contract is not null)
        {
            Try(() => _findings.AddRange(contract.Check(open.Model, progress, cancellation)));
        }

        if (policy.GoldenPath is { } golden)
        {
            Try(() => _findings.AddRange(GoldenCheck.Run(open.Model, golden, policy.Tolerance, evaluator, cancellation)));
        }
    }

    /// <summary>The findings with the severities of the policy, errors first.</summary>
    public ValidationReport ToReport() => new()
    {
        Path = path,
        Format = _format,
        Findings = [.. _findings
            .Select(finding => finding with { Severity = policy.SeverityOf(finding.Code, finding.Severity), Path = finding.Path ?? path })
            .Where(finding => finding.Severity is not FindingSeverity.None)
            .GroupBy(finding => (finding.Code.Id, finding.Message)).Select(same => same.MaxBy(finding => finding.Severity)!)
            .OrderByDescending(finding => finding.Severity)],
    };

    private void AddNotLocked(ModelLock models, Model? model)
    {
        var actual = model is null ? null : ModelContract.Of(model, progress, cancellation);
        var twin = actual is null ? null : models.Models.FirstOrDefault(entry => new ContractCheck(entry, actual).Run().Count == 0);
        var known = twin is null ? "" : $", but the same model as '{twin.Path}': it was renamed, moved or copied";
        Add(ErrorCode.NotLocked, $"The lock '{Path.GetFileName(policy.LockPath)}' has no entry for '{path}'{known}.", null, FindingSeverity.Error);
    }

    private static bool HasStructure(ModelInfo info) => info.Parts.HasFlag(ModelParts.Structure);

    private void CheckValues(IModelFormat format, Model? model, IReadOnlyList<WeightMatch> matches)
    {
        var paths = new Dictionary<Variable, string>(ReferenceEqualityComparer.Instance);
        foreach (var (weight, variable) in model is null ? [] : WeightPaths.Of(model))
        {
            paths[variable] = weight;
        }

        var weights = matches.GroupBy(match => match.Source).ToDictionary(same => same.Key, same => paths.GetValueOrDefault(same.First().Variable, same.Key), StringComparer.Ordinal);
        if (policy.CheckValues)
        {
            Try(() =>
            {
                foreach (var (name, tensor) in format.ReadTensors(path, Options(null)))
                {
                    progress?.Report(new OperationProgress(name, 0, 0));
                    CheckTensor(name, weights.GetValueOrDefault(name), tensor, isWeight: weights.Count == 0 || weights.ContainsKey(name));
                }
            });
        }
    }

    private void CheckTensor(string stored, string? weight, Tensor tensor, bool isWeight) => Try(() =>
    {
        if (tensor.FindNonFinite(cancellation) is not var (index, isNaN))
        {
            return;
        }

        var place = tensor.Shape.Rank == 0 ? "" : $" at {tensor.Shape.PlaceOf(index)}";
        Add(ErrorCode.NonFiniteWeights, $"The tensor '{weight ?? stored}' holds {(isNaN ? "NaN" : "infinity")}{place}.", weight ?? stored, isWeight ? FindingSeverity.Error : FindingSeverity.Warning);
    });

    private void AddInspected(List<ModelFinding> about, Model? model, bool isWeightsOnly)
    {
        var unknown = new Dictionary<string, UnknownLayer>(StringComparer.Ordinal);
        foreach (var layer in model?.DeepLayers.Select(layer => layer.Layer).OfType<UnknownLayer>() ?? [])
        {
            unknown[layer.Name] = layer;
            if (layer.CarriesCode)
            {
                Add(ErrorCode.ExecutableContent, $"The layer '{layer.Name}' ({layer.Class}) carries code, which is never run.", layer.Name, FindingSeverity.Error);
            }
            else if (!policy.AllowedLayers.Contains(layer.Class, StringComparer.Ordinal))
            {
                Add(ErrorCode.LayerNotAllowed, $"The layer '{layer.Name}' is of the class {layer.Class}, which is not known and not allowed.", layer.Name, FindingSeverity.Warning);
            }
        }

        foreach (var finding in about)
        {
            var isSaid = finding.Location is { } place && IsAt(place, unknown) && (finding.Code == ErrorCode.UnsupportedLayer || finding.Code == ErrorCode.ExecutableContent);
            var isNoFault = isWeightsOnly && finding.Code == ErrorCode.MissingPart && finding.Location is null;
            if (!isSaid && !isNoFault)
            {
                _findings.Add(finding with { Severity = SeverityOf(finding, isWeightsOnly) });
            }
        }
    }

    // A place such as outer.dense: names of layers may hold points, too.
    private static bool IsAt(string place, Dictionary<string, UnknownLayer> layers)
    {
        for (var start = 0; start >= 0; start = place.IndexOf('.', start) is >= 0 and var point ? point + 1 : -1)
        {
            if (layers.ContainsKey(place[start..]))
            {
                return true;
            }
        }

        return false;
    }

    // What is unsafe is refused wherever it stands; a damaged part of a file of weights is one that no model can be made of.
    private static FindingSeverity SeverityOf(ModelFinding finding, bool isWeightsOnly) =>
        finding.Code.Kind is ErrorKind.Unsafe || (isWeightsOnly && finding.Code.Kind is ErrorKind.InvalidFile) ? FindingSeverity.Error : finding.Severity;

    private void CheckBudget(ModelInfo info)
    {
        if (policy.MaximumBytes is { } bytes && info.FileBytes > bytes)
        {
            Add(ErrorCode.SizeBudgetExceeded, $"The model has {info.FileBytes} bytes; its budget is {bytes}.", null, FindingSeverity.Error);
        }

        if (policy.MaximumParameters is { } parameters && info.ParameterCount > parameters)
        {
            Add(ErrorCode.SizeBudgetExceeded, $"The model has {info.ParameterCount} numbers in its weights; its budget is {parameters}.", null, FindingSeverity.Error);
        }
    }

    private void CheckTypes(ModelInfo info, Model? model)
    {
        if (policy.AllowedDTypes is not { } allowed)
        {
            return;
        }

        var types = model is not null
            ? WeightPaths.Of(model).Select(weight => (Name: weight.Path, weight.Variable.DType))
            : info.Tensors.Select(tensor => (tensor.Name, tensor.Tensor.DType));
        foreach (var (name, dtype) in types.Where(weight => !allowed.Contains(weight.DType)))
        {
            Add(ErrorCode.DTypeNotAllowed, $"The weight '{name}' is {dtype.Name()}; allowed are {string.Join(", ", allowed.Select(type => type.Name()))}.", name, FindingSeverity.Error);
        }
    }

    private void CheckSignature(Model model)
    {
        CheckSpecs("input", policy.ExpectedInputs, model.InputSpecs);
        CheckSpecs("output", policy.ExpectedOutputs, model.OutputSpecs);
    }

    private void CheckSpecs(string kind, IReadOnlyList<TensorSpec>? expected, IReadOnlyList<TensorSpec> actual)
    {
        if (expected is null)
        {
            return;
        }

        if (expected.Count != actual.Count)
        {
            Add(ErrorCode.UnexpectedSignature, $"The model has {actual.Count} {kind}s ({List(actual)}); expected are {expected.Count} ({List(expected)}).", kind, FindingSeverity.Error);
            return;
        }

        for (var i = 0; i < expected.Count; i++)
        {
            var found = expected[i].Name is { } name ? actual.FirstOrDefault(spec => spec.Name == name) : actual[i];
            if (found is null || found.DType != expected[i].DType || !found.Shape.IsCompatibleWith(expected[i].Shape))
            {
                Add(ErrorCode.UnexpectedSignature, $"The {kind} '{SignatureText.Format(expected[i])}' is expected; the model has '{(found is null ? List(actual) : SignatureText.Format(found))}'.", expected[i].Name ?? kind, FindingSeverity.Error);
            }
        }

        static string List(IReadOnlyList<TensorSpec> specs) => string.Join("; ", specs.Select(SignatureText.Format));
    }

    private void Add(ErrorCode code, string message, string? location, FindingSeverity severity) => _findings.Add(new ModelFinding(code, message, location) { Severity = severity });

    private void Try(Action check) => Try<object>(() =>
    {
        check();
        return this;
    });

    private T? Try<T>(Func<T> check)
        where T : class
    {
        try
        {
            return check();
        }
        catch (ModelToolsException error)
        {
            _findings.Add(ModelFinding.Of(error));
            return null;
        }
    }
}
