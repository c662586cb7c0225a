using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>h' = act(x·K + b + h·R).</summary>
internal sealed class SimpleRecurrence(RecurrentUnits options) : UnitRecurrence(options, 1)
{
    private readonly ActivationFunction _activation = options.Activation;

    public override ScanStep<T> Step<T>(IOperators<T> op, T projected, IReadOnlyList<T> states, RecurrenceWeights<T> weights)
    {
        var output = _activation.Apply(op, op.Add(projected, op.MatMul(Dropped(op, states[0], weights, 1), weights.Step[0])));
        return new ScanStep<T>(output, [output]);
    }
}
