using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Reporting;

/// <summary>A weight: what the panel shows of it.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Shape.</param>
/// <param name="Count">Number of numbers.</param>
/// <param name="Trainable">Whether training changes it.</param>
/// <param name="HasValue">False for one that is made at the first use.</param>
/// <param name="Statistics">What its numbers are like; null where they were not looked at.</param>
internal sealed record WeightData(string Name, string Type, string Shape, long Count, bool Trainable, bool HasValue, ValueStatistics? Statistics);

/// <summary>Gives each weight of a model a place, however many layers share it, and looks at their numbers in the end.</summary>
internal sealed class WeightCollector(Model model, ModelPageOptions options)
{
    private readonly List<Variable> _variables = [];
    private readonly Dictionary<Variable, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Variable> _trainable = new(model.TrainableVariables, ReferenceEqualityComparer.Instance);

    /// <summary>The places of a layer's weights.</summary>
    public IReadOnlyList<int> PlacesOf(ModelLayer layer) => [.. layer.Variables.Select(PlaceOf)];

    /// <summary>Describes every weight; reads the numbers of those that have some, one block at a time.</summary>
    public IReadOnlyList<WeightData> Read()
    {
        var total = _variables.Where(variable => variable.HasValue).Sum(variable => variable.Value.Data.Length);
        var done = 0L;
        return [.. _variables.Select(Describe)];

        WeightData Describe(Variable variable)
        {
            ValueStatistics? statistics = null;
            if (options.Values && variable.HasValue && ValueStatistics.CanDescribe(variable.DType))
            {
                options.Progress?.Report(new OperationProgress(variable.FullName, done, total));
                statistics = ValueStatistics.Of(variable.Value, options.Cancellation);
                done += variable.Value.Data.Length;
            }

            return new WeightData(variable.FullName, variable.DType.Name(), variable.Shape.ToString(), variable.Shape.ElementCount, _trainable.Contains(variable), variable.HasValue, statistics);
        }
    }

    private int PlaceOf(Variable variable)
    {
        if (!_places.TryGetValue(variable, out var place))
        {
            place = _places[variable] = _variables.Count;
            _variables.Add(variable);
        }

        return place;
    }
}
