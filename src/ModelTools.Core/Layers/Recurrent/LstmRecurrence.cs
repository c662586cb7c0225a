using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Long short-term memory: z = x·K + b + h·R in blocks i, f, c, o; c' = σ(f)·c + σ(i)·act(c); h' = σ(o)·act(c').</summary>
internal sealed class LstmRecurrence(RecurrentUnits options, ActivationFunction gate, bool unitForgetBias) : UnitRecurrence(options, 4)
{
    private readonly ActivationFunction _activation = options.Activation;
    private readonly Initializer _bias = unitForgetBias ? new ForgetGateBias(options.BiasInitializer) : options.BiasInitializer;
    private readonly int _units = options.Units;

    public override IReadOnlyList<int> StateSizes => [_units, _units];

    protected override Initializer BiasInitializer => _bias;

    public override ScanStep<T> Step<T>(IOperators<T> op, T projected, IReadOnlyList<T> states, RecurrenceWeights<T> weights)
    {
        var z = op.Split(op.Add(projected, op.MatMul(Dropped(op, states[0], weights, 1), weights.Step[0])), 4, -1);
        var carry = op.Add(op.Multiply(gate.Apply(op, z[1]), states[1]), op.Multiply(gate.Apply(op, z[0]), _activation.Apply(op, z[2])));
        var output = op.Multiply(gate.Apply(op, z[3]), _activation.Apply(op, carry));
        return new ScanStep<T>(output, [output, carry]);
    }
}
