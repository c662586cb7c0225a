using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The maths of an LSTM with convolutions in place of products, channels last.</summary>
internal sealed class ConvolutionalRecurrence(ConvolutionalLstm options) : Recurrence
{
    private const int Gates = 4;

    public override IReadOnlyList<int> StateSizes => [options.Filters, options.Filters];

    public override int OutputSize => options.Filters;

    public override int OutputState => 0;

    public override void Build(long features, WeightBuilder weights)
    {
        var width = (long)Gates * options.Filters;
        weights.Add("kernel", [.. options.KernelSize.AsLongs(), features, width], options.KernelInitializer, options.KernelRegularizer, options.KernelConstraint);
        weights.Add("recurrent_kernel", [.. options.KernelSize.AsLongs(), options.Filters, width], options.RecurrentInitializer, options.RecurrentRegularizer, options.RecurrentConstraint);
        if (options.UseBias)
        {
            var initializer = options.UnitForgetBias ? new ForgetGateBias(options.BiasInitializer) : options.BiasInitializer;
            weights.Add("bias", [width], initializer, options.BiasRegularizer, options.BiasConstraint);
        }
    }

    public override RecurrenceWeights<T> Prepare<T>(IOperators<T> op, LayerWeights<T> weights, Dimension<T> batch, bool training) =>
        new(options.UseBias ? [weights["kernel"], weights["bias"]] : [weights["kernel"]], [weights["recurrent_kernel"]], []);

    public override T Project<T>(IOperators<T> op, T x, RecurrenceWeights<T> weights)
    {
        // All steps are convolved as one batch.
        var sizes = op.DimensionsOf(x);
        var isSequence = sizes.Length == options.KernelSize.Count + 3;
        var steps = isSequence ? op.Reshape(x, [sizes[0].IsKnown && sizes[1].IsKnown ? sizes[0].Known * sizes[1].Known : -1, .. sizes[2..]]) : x;
        var projected = op.Convolution(steps, weights.Projection[0], new Window(options.KernelSize, options.Strides, options.Padding, options.DilationRate));
        projected = options.UseBias ? op.BiasAdd(projected, weights.Projection[1]) : projected;
        return isSequence ? op.Reshape(projected, [sizes[0], sizes[1], .. op.DimensionsOf(projected)[1..]]) : projected;
    }

    public override ScanStep<T> Step<T>(IOperators<T> op, T projected, IReadOnlyList<T> states, RecurrenceWeights<T> weights)
    {
        int[] ones = [.. options.KernelSize.Select(_ => 1)];
        var recurrent = op.Convolution(states[0], weights.Step[0], new Window(options.KernelSize, ones, Padding.Same, ones));
        return LstmRecurrence.Gates(op, op.Add(projected, recurrent), states[1], options.RecurrentActivation, options.Activation);
    }
}
