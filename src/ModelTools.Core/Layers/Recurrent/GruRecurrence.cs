using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Gated recurrent unit in blocks z, r, h: h' = z·h + (1 - z)·act(candidate).</summary>
/// <remarks>The reset gate r multiplies the state's product after it is taken (two biases) or the state before.</remarks>
internal sealed class GruRecurrence(RecurrentUnits options, ActivationFunction gate, bool resetAfter) : UnitRecurrence(options, 3)
{
    private readonly ActivationFunction _activation = options.Activation;
    private readonly bool _useBias = options.UseBias;
    private readonly int _units = options.Units;

    protected override Shape BiasShape => resetAfter ? [2, 3L * _units] : base.BiasShape;

    public override ScanStep<T> Step<T>(IOperators<T> op, T projected, IReadOnlyList<T> states, RecurrenceWeights<T> weights)
    {
        var state = states[0];
        var seen = Dropped(op, state, weights, resetAfter && _useBias ? 2 : 1);
        var x = op.Split(projected, 3, -1);
        T update, candidate;
        if (resetAfter)
        {
            var product = op.MatMul(seen, weights.Step[0]);
            var h = op.Split(_useBias ? op.BiasAdd(product, weights.Step[1]) : product, 3, -1);
            update = gate.Apply(op, op.Add(x[0], h[0]));
            candidate = op.Add(x[2], op.Multiply(gate.Apply(op, op.Add(x[1], h[1])), h[2]));
        }
        else
        {
            var gates = op.Split(op.MatMul(seen, op.Slice(weights.Step[0], 1, 0, 2L * _units)), 2, -1);
            update = gate.Apply(op, op.Add(x[0], gates[0]));
            var reset = gate.Apply(op, op.Add(x[1], gates[1]));
            candidate = op.Add(x[2], op.MatMul(op.Multiply(reset, seen), op.Slice(weights.Step[0], 1, 2L * _units)));
        }

        var output = op.Add(op.Multiply(update, state), op.Multiply(op.SubtractFrom(1, update), _activation.Apply(op, candidate)));
        return new ScanStep<T>(output, [output]);
    }

    protected override T InputBias<T>(IOperators<T> op, T bias) => resetAfter ? Row(op, bias, 0) : bias;

    protected override IEnumerable<T> StateBias<T>(IOperators<T> op, T bias) => resetAfter ? [Row(op, bias, 1)] : [];

    private static T Row<T>(IOperators<T> op, T bias, int row)
        where T : class => op.Squeeze(op.Slice(bias, 0, row, row + 1), 0);
}
