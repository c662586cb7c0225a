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
        var z = op.Add(projected, op.MatMul(Dropped(op, states[0], weights, 1), weights.Step[0]));
        return Gates(op, z, states[1], gate, _activation);
    }

    /// <summary>The step once the products are summed up: blocks i, f, c, o along the last axis.</summary>
    internal static ScanStep<T> Gates<T>(IOperators<T> op, T z, T carry, ActivationFunction gate, ActivationFunction activation)
        where T : class
    {
        var parts = op.Split(z, 4, -1);
        var next = op.Add(op.Multiply(gate.Apply(op, parts[1]), carry), op.Multiply(gate.Apply(op, parts[0]), activation.Apply(op, parts[2])));
        var output = op.Multiply(gate.Apply(op, parts[3]), activation.Apply(op, next));
        return new ScanStep<T>(output, [output, next]);
    }
}
