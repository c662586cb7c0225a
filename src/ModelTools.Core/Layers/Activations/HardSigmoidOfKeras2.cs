using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>clip(0.2·x + 0.5, 0, 1): what <c>hard_sigmoid</c> means in Keras 2.</summary>
internal sealed record HardSigmoidOfKeras2 : ActivationFunction
{
    public override string Name => "hard_sigmoid";

    public override T Apply<T>(IOperators<T> op, T x) => op.Clip(op.Add(op.Multiply(x, 0.2), 0.5), 0, 1);
}
