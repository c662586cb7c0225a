using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>A cell of units with some gates: one product of the input and one of the state serve all gates.</summary>
/// <param name="options">The options of the layer or cell.</param>
/// <param name="gates">Blocks of the kernels.</param>
internal abstract class UnitRecurrence(RecurrentUnits options, int gates) : Recurrence
{
    public override IReadOnlyList<int> StateSizes => [options.Units];

    public override int OutputSize => options.Units;

    public override int OutputState => 0;

    protected virtual Shape BiasShape => [(long)gates * options.Units];

    protected virtual Initializer BiasInitializer => options.BiasInitializer;

    public override void Build(long features, WeightBuilder weights)
    {
        var width = (long)gates * options.Units;
        weights.Add("kernel", [features, width], options.KernelInitializer, options.KernelRegularizer, options.KernelConstraint);
        weights.Add("recurrent_kernel", [options.Units, width], options.RecurrentInitializer, options.RecurrentRegularizer, options.RecurrentConstraint);
        if (options.UseBias)
        {
            weights.Add("bias", BiasShape, BiasInitializer, options.BiasRegularizer, options.BiasConstraint);
        }
    }

    public override RecurrenceWeights<T> Prepare<T>(IOperators<T> op, LayerWeights<T> weights, Dimension<T> batch, bool training)
    {
        var kernel = weights["kernel"];
        var bias = options.UseBias ? weights["bias"] : null;
        List<T> projection = [kernel];
        List<T> step = [weights["recurrent_kernel"]];
        if (bias is not null)
        {
            projection.Add(InputBias(op, bias));
            step.AddRange(StateBias(op, bias));
        }

        if (training && options.Dropout > 0)
        {
            projection.Add(DropoutMask(op, batch, op.DimensionOf(kernel, 0), options.Dropout, op.DTypeOf(kernel)));
        }

        if (training && options.RecurrentDropout > 0)
        {
            step.Add(DropoutMask(op, batch, options.Units, options.RecurrentDropout, op.DTypeOf(kernel)));
        }

        return new RecurrenceWeights<T>(projection, step, []);
    }

    public override T Project<T>(IOperators<T> op, T x, RecurrenceWeights<T> weights)
    {
        var afterKernel = options.UseBias ? 2 : 1;
        if (weights.Projection.Count > afterKernel)
        {
            var mask = weights.Projection[afterKernel];
            x = op.Multiply(x, op.RankOf(x) == 3 ? op.ExpandDimensions(mask, 1) : mask);
        }

        var projected = op.MatMul(x, weights.Projection[0]);
        return options.UseBias ? op.BiasAdd(projected, weights.Projection[1]) : projected;
    }

    /// <summary>The part of the bias that is added to the input's product.</summary>
    protected virtual T InputBias<T>(IOperators<T> op, T bias)
        where T : class => bias;

    /// <summary>The part of the bias that is added to the state's product: none or one vector.</summary>
    protected virtual IEnumerable<T> StateBias<T>(IOperators<T> op, T bias)
        where T : class => [];

    /// <summary>The state as the products see it: with the dropout mask, which is the last of the step's tensors.</summary>
    /// <param name="op">The vocabulary.</param>
    /// <param name="state">The state.</param>
    /// <param name="weights">The step's tensors.</param>
    /// <param name="withoutMask">How many there are if nothing is dropped.</param>
    protected static T Dropped<T>(IOperators<T> op, T state, RecurrenceWeights<T> weights, int withoutMask)
        where T : class => weights.Step.Count > withoutMask ? op.Multiply(state, weights.Step[withoutMask]) : state;

    private T DropoutMask<T>(IOperators<T> op, Dimension<T> batch, Dimension<T> size, double rate, DType dtype)
        where T : class => op.Dropout(op.Fill(dtype, [batch, size], 1), rate, null, options.Seed);
}
