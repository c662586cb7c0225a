using System.Globalization;
using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>Two models side by side.</summary>
internal sealed class ComparisonRun(Model reference, Model difference, ComparisonOptions options)
{
    private readonly List<ModelDifference> _differences = [];
    private double? _largest;
    private string? _largestAt;

    /// <summary>Compares all parts.</summary>
    public ModelComparison Run(string referenceName, string differenceName)
    {
        if (reference.Name != difference.Name)
        {
            Add(DifferenceKind.Cosmetic, DifferencePart.Structure, "name", reference.Name, difference.Name, "The models have different names.");
        }

        CompareSignature(DifferencePart.Inputs, reference.InputSpecs, difference.InputSpecs);
        CompareSignature(DifferencePart.Outputs, new UnknownParts(reference).OutputsOf(reference), new UnknownParts(difference).OutputsOf(difference));
        CompareLayers(reference, difference, "");
        CompareNumbered("model", [.. reference.TopLevelVariables], [.. difference.TopLevelVariables]);
        CompareTraining();
        return new ModelComparison
        {
            Reference = referenceName,
            Difference = differenceName,
            Differences = [.. _differences.OrderByDescending(found => found.Kind)],
            LargestValueDifference = options.Values ? _largest ?? 0 : null,
            LargestValueLocation = _largestAt,
        };
    }

    private void CompareSignature(DifferencePart part, IReadOnlyList<TensorSpec> left, IReadOnlyList<TensorSpec> right)
    {
        var what = part is DifferencePart.Inputs ? "input" : "output";
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            var (a, b) = (left.ElementAtOrDefault(i), right.ElementAtOrDefault(i));
            if (a != b)
            {
                var message = a is null ? $"There is one more {what}." : b is null ? $"An {what} is missing." : $"The {what} differs.";
                Add(DifferenceKind.Breaking, part, (b ?? a)!.Name ?? $"{what} {i}", a is null ? null : SignatureText.Format(a), b is null ? null : SignatureText.Format(b), message);
            }
        }
    }

    private void CompareLayers(Model left, Model right, string prefix)
    {
        var (first, second) = (LayersOf(left), LayersOf(right));
        var isRenamed = !first.Select(layer => layer.Name).Intersect(second.Select(layer => layer.Name)).Any()
            && first.Select(UnknownParts.ClassOf).SequenceEqual(second.Select(UnknownParts.ClassOf));
        foreach (var (a, b) in isRenamed ? ByPlace(first, second) : ByName(first, second))
        {
            var name = prefix + (b ?? a)!.Name;
            if (a is null || b is null)
            {
                Add(DifferenceKind.Breaking, DifferencePart.Structure, name, a is null ? null : UnknownParts.ClassOf(a), b is null ? null : UnknownParts.ClassOf(b), a is null ? "The layer is new." : "The layer is missing.");
            }
            else
            {
                CompareLayer(left, right, a, b, name, isRenamed);
            }
        }

        if (!isRenamed && first.Count == second.Count && !first.Select(layer => layer.Name).SequenceEqual(second.Select(layer => layer.Name)) && !first.Select(layer => layer.Name).Except(second.Select(layer => layer.Name)).Any())
        {
            Add(DifferenceKind.Compatible, DifferencePart.Structure, prefix + "layers", string.Join(", ", first.Select(layer => layer.Name)), string.Join(", ", second.Select(layer => layer.Name)), "The layers are in another order.");
        }
    }

    private void CompareLayer(Model left, Model right, ModelLayer a, ModelLayer b, string name, bool isRenamed)
    {
        if (a.Name != b.Name)
        {
            Add(DifferenceKind.Cosmetic, DifferencePart.Structure, name, a.Name, b.Name, "The layer has another name.");
        }

        if (UnknownParts.ClassOf(a) != UnknownParts.ClassOf(b))
        {
            Add(DifferenceKind.Breaking, DifferencePart.Structure, name, UnknownParts.ClassOf(a), UnknownParts.ClassOf(b), "The layer is of another class.");
            return;
        }

        var (before, now) = (LayerForm.Options(a), LayerForm.Options(b));
        foreach (var key in before.Keys.Union(now.Keys).Where(key => !Equals(before.Find(key), now.Find(key))))
        {
            Add(KindOf(key), DifferencePart.Configuration, $"{name}.{key}", Text(before.Find(key)), Text(now.Find(key)), $"The option {key} differs.");
        }

        var (oldCalls, newCalls) = (LayerForm.Calls(left, a, NameIn(left, isRenamed)), LayerForm.Calls(right, b, NameIn(right, isRenamed)));
        if (!oldCalls.Equals(newCalls))
        {
            Add(DifferenceKind.Breaking, DifferencePart.Structure, name, oldCalls.ToJson(), newCalls.ToJson(), "The layer takes other inputs.");
        }

        var (oldShape, newShape) = (new UnknownParts(left).OutputOf(left, a), new UnknownParts(right).OutputOf(right, b));
        if (!Equals(oldShape, newShape))
        {
            Add(DifferenceKind.Breaking, DifferencePart.Structure, name, oldShape?.ToString(), newShape?.ToString(), "The layer's output has another shape.");
        }

        if (a.NestedModel is { } inner && b.NestedModel is { } other)
        {
            CompareLayers(inner, other, name + "/");
        }
        else if (new UnknownParts(left).Contains(a) || new UnknownParts(right).Contains(b))
        {
            CompareNumbered(name, [.. a.Variables], [.. b.Variables]);
        }
        else if (a.Weights is { } old && b.Weights is { } current)
        {
            CompareWeights(name, old, current);
        }
    }

    private void CompareWeights(string path, WeightScope left, WeightScope right)
    {
        foreach (var (a, b) in left.Variables.Select(variable => (variable, right.Find(variable.Name))).Concat(right.Variables.Where(variable => left.Find(variable.Name) is null).Select(variable => ((Variable)null!, (Variable?)variable))))
        {
            CompareVariable($"{path}/{(b ?? a).Name}", a, b);
        }

        foreach (var (a, b) in left.Children.Zip(right.Children))
        {
            CompareWeights($"{path}/{b.Edge}", a, b);
        }
    }

    private void CompareNumbered(string path, IReadOnlyList<Variable> left, IReadOnlyList<Variable> right)
    {
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            CompareVariable($"{path}/{i}", left.ElementAtOrDefault(i), right.ElementAtOrDefault(i));
        }
    }

    private void CompareVariable(string path, Variable? a, Variable? b)
    {
        if (a is null || b is null || !a.Shape.Equals(b.Shape))
        {
            var message = a is null ? "The weight is new." : b is null ? "The weight is missing." : "The weight has another shape.";
            Add(DifferenceKind.Breaking, DifferencePart.Weights, path, a?.Shape.ToString(), b?.Shape.ToString(), message);
            return;
        }

        if (a.DType != b.DType)
        {
            Add(DifferenceKind.Compatible, DifferencePart.Weights, path, a.DType.Name(), b.DType.Name(), "The weight has another type.");
        }

        if (options.Values && a.HasValue != b.HasValue)
        {
            Add(DifferenceKind.Compatible, DifferencePart.Values, path, a.HasValue ? "has values" : "no values", b.HasValue ? "has values" : "no values", "Only one of the models has values for the weight.");
        }
        else if (options.Values && a.HasValue)
        {
            CompareValues(path, a.Value, b.Value);
        }
    }

    private void CompareValues(string path, Tensor left, Tensor right)
    {
        options.Progress?.Report(new OperationProgress(path, 0, 0));
        var found = ValueDifference.Of(left, right, options.Tolerance, options.Cancellation);
        if (found.Largest > (_largest ?? 0))
        {
            (_largest, _largestAt) = (found.Largest, path);
        }

        if (found.IsExceeded)
        {
            Add(DifferenceKind.Compatible, DifferencePart.Values, path, null, null, string.Create(CultureInfo.InvariantCulture, $"The numbers differ by up to {found.Largest:G3}, first at {left.Shape.PlaceOf(found.First)}."));
        }
    }

    private void CompareTraining()
    {
        var (left, right) = (TrainingOf(reference), TrainingOf(difference));
        if (!Equals(left, right))
        {
            Add(DifferenceKind.Cosmetic, DifferencePart.Training, "training", left is null ? "not compiled" : "compiled", right is null ? "not compiled" : "compiled", "The models are compiled for training in different ways.");
        }
    }

    private static ConfigValue? TrainingOf(Model model) => model.Training is null ? null : LayerForm.Normal(KerasJson.WriteTraining(model, KerasDialect.Keras3, KerasForm.Plain));

    private static List<ModelLayer> LayersOf(Model model) => [.. model.AllLayers.Where(layer => layer.Layer is not InputLayer)];

    private static List<(ModelLayer? A, ModelLayer? B)> ByName(List<ModelLayer> left, List<ModelLayer> right)
    {
        var (ofLeft, ofRight) = (Named(left), Named(right));
        return [.. left.Select(layer => ((ModelLayer?)layer, ofRight.GetValueOrDefault(layer.Name))), .. right.Where(layer => !ofLeft.ContainsKey(layer.Name)).Select(layer => ((ModelLayer?)null, (ModelLayer?)layer))];

        static Dictionary<string, ModelLayer> Named(List<ModelLayer> layers) => layers.DistinctBy(layer => layer.Name).ToDictionary(layer => layer.Name, StringComparer.Ordinal);
    }

    private static List<(ModelLayer? A, ModelLayer? B)> ByPlace(List<ModelLayer> left, List<ModelLayer> right) => [.. left.Zip(right)];

    private static Func<ModelLayer, string> NameIn(Model model, bool byPlace)
    {
        if (!byPlace)
        {
            return layer => layer.Name;
        }

        var places = LayersOf(model).Select((layer, place) => (layer, place)).ToDictionary<(ModelLayer Layer, int Place), ModelLayer, int>(row => row.Layer, row => row.Place, ReferenceEqualityComparer.Instance);
        return layer => places.GetValueOrDefault(layer, -1).ToString(CultureInfo.InvariantCulture);
    }

    // What only counts in training changes no result.
    private static DifferenceKind KindOf(string option) =>
        option is "trainable" || option.EndsWith("_initializer", StringComparison.Ordinal) || option.EndsWith("_regularizer", StringComparison.Ordinal) || option.EndsWith("_constraint", StringComparison.Ordinal) ? DifferenceKind.Cosmetic : DifferenceKind.Compatible;

    private static string? Text(ConfigValue? value) => value?.ToJson();

    private void Add(DifferenceKind kind, DifferencePart part, string location, string? left, string? right, string message) =>
        _differences.Add(new ModelDifference(kind, part, location, left, right, message));
}
