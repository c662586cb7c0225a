using ModelTools.Diagnostics;
using ModelTools.Formats.TensorFiles;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>Runs recorded inputs and compares the outputs with the recorded ones.</summary>
internal static class GoldenCheck
{
    /// <summary>What differs.</summary>
    /// <exception cref="ModelToolsException">MT1010, MT6001: the file; MT6004: an input or all outputs are missing in it; MT5xxx: the engine.</exception>
    public static IReadOnlyList<ModelFinding> Run(Model model, string path, double tolerance, IModelEvaluator? evaluator, CancellationToken cancellation)
    {
        if (evaluator is null)
        {
            return [new ModelFinding(ErrorCode.EngineMissing, "The recorded outputs were not compared: there is no engine to run the model.", null)];
        }

        var recorded = TensorFile.ReadAll(path).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        var inputs = model.InputSpecs.Select(spec => Find(recorded, "input", spec.Name!)
            ?? throw new ModelToolsException(ErrorCode.InvalidArgument, $"'{path}' has no array for the input '{spec.Name}'.") { Path = path, Location = spec.Name, Advice = "Name the arrays input:NAME and output:NAME." }).ToList();
        var expected = model.OutputSpecs.Select(spec => Find(recorded, "output", spec.Name!)).ToList();
        if (expected.All(output => output is null))
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"'{path}' has no array for any output ({string.Join(", ", model.OutputSpecs.Select(spec => spec.Name))}).") { Path = path, Advice = "Name the arrays input:NAME and output:NAME." };
        }

        var actual = evaluator.Predict(model, inputs, cancellation);
        return [.. model.OutputSpecs.Select((spec, place) => expected[place] is { } output ? Compare(spec.Name!, output, actual[place], tolerance) : null).OfType<ModelFinding>()];
    }

    private static Tensor? Find(Dictionary<string, Tensor> recorded, string role, string name) => recorded.GetValueOrDefault($"{role}:{name}") ?? recorded.GetValueOrDefault(name);

    private static ModelFinding? Compare(string name, Tensor expected, Tensor actual, double tolerance)
    {
        if (!expected.Shape.Equals(actual.Shape))
        {
            return new ModelFinding(ErrorCode.GoldenMismatch, $"The output '{name}' has the shape {actual.Shape}; recorded is {expected.Shape}.", name) { Severity = FindingSeverity.Error };
        }

        var (largest, excess, place) = ValueDifference.Of(expected, actual, tolerance);
        return excess
            ? new ModelFinding(ErrorCode.GoldenMismatch, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The output '{name}' differs from the recorded one by up to {largest:G3}, first at {expected.Shape.PlaceOf(place)}."), name) { Severity = FindingSeverity.Error }
            : null;
    }
}
