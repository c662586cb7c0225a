using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Cells one above the other: each takes the output of the one below.</summary>
internal sealed class StackedRecurrence(StackedRNNCells owner) : Recurrence
{
    private readonly Recurrence[] _cells = [.. owner.Cells.Select(CellMaths.Of)];

    public override IReadOnlyList<int> StateSizes => [.. _cells.SelectMany(cell => cell.StateSizes)];

    public override int OutputSize => _cells[^1].OutputSize;

    public override int OutputState => _cells[..^1].Sum(cell => cell.StateSizes.Count) + _cells[^1].OutputState;

    public override void Build(long features, WeightBuilder weights)
    {
        // Keras holds the cells in a list: an edge to the list, and from there the numbers.
        var list = weights.Child(owner, "cells", null);
        for (var i = 0; i < _cells.Length; i++)
        {
            var cell = owner.Cells[i];
            _cells[i].Build(features, list.Child(cell, $"{i}", CellMaths.ScopeNameOf(cell)));
            features = _cells[i].OutputSize;
        }
    }

    public override RecurrenceWeights<T> Prepare<T>(IOperators<T> op, LayerWeights<T> weights, Dimension<T> batch, bool training)
    {
        var list = weights.Child("cells");
        var all = _cells.Select((cell, i) => cell.Prepare(op, list.Child($"{i}"), batch, training)).ToArray();
        var projection = all[0].Projection;
        all[0] = all[0] with { Projection = [] };
        return new RecurrenceWeights<T>(projection, [], all);
    }

    public override T Project<T>(IOperators<T> op, T x, RecurrenceWeights<T> weights) =>
        _cells[0].Project(op, x, weights.Inner[0] with { Projection = weights.Projection });

    public override ScanStep<T> Step<T>(IOperators<T> op, T projected, IReadOnlyList<T> states, RecurrenceWeights<T> weights)
    {
        var next = new List<T>();
        var output = projected;
        for (var i = 0; i < _cells.Length; i++)
        {
            var input = i == 0 ? projected : _cells[i].Project(op, output, weights.Inner[i]);
            var step = _cells[i].Step(op, input, [.. states.Skip(next.Count).Take(_cells[i].StateSizes.Count)], weights.Inner[i]);
            output = step.Output;
            next.AddRange(step.States);
        }

        return new ScanStep<T>(output, next);
    }
}
