using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Attention by several heads over projections of query, key and value (arXiv:1706.03762). Keras: <c>keras.layers.MultiHeadAttention</c>.</summary>
/// <remarks>
/// Inputs: query [batch, queries, …], then value and perhaps key [batch, values, …], by position or by name; a mask as <c>attention_mask</c>
/// [batch, queries, values]. Output [batch, queries, …], and the distribution where the call asks for it (<c>return_attention_scores</c>).
/// </remarks>
/// <param name="NumHeads">Number of heads.</param>
/// <param name="KeyDim">Size of a head's queries and keys.</param>
public sealed record MultiHeadAttention(int NumHeads, int KeyDim) : Layer, IActivityRegularized
{
    private const string QueryPart = "_query_dense";
    private const string KeyPart = "_key_dense";
    private const string GatePart = "_gate_dense";
    private const string ValuePart = "_value_dense";
    private const string OutputPart = "_output_dense";

    /// <summary>Size of a head's values; <see cref="KeyDim"/> if not given.</summary>
    public int? ValueDim
    {
        get => field ?? KeyDim;
        init;
    }

    /// <summary>The part of the distribution that is dropped in training.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether the projections add a bias.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>Whether a gate of the query multiplies the heads' output (Keras 3.14).</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public bool UseGate { get; init; }

    /// <summary>Sizes of the output's features; the query's if not given.</summary>
    public IntegerList? OutputShape { get; init; }

    /// <summary>The axes over which attention runs; all but batch and features if not given.</summary>
    public IntegerList? AttentionAxes { get; init; }

    /// <summary>How far a query sees (Keras 3.15); kept, not supported when run.</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public int? SlidingWindow { get; init; }

    /// <summary>Makes the kernels.</summary>
    public Initializer KernelInitializer { get; init; } = new GlorotUniform();

    /// <summary>Makes the biases.</summary>
    public Initializer BiasInitializer { get; init; } = new Zeros();

    /// <summary>Penalty on the kernels.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>Penalty on the biases.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <inheritdoc/>
    public Regularizer? ActivityRegularizer { get; init; }

    /// <summary>Projection of the kernels.</summary>
    public Constraint? KernelConstraint { get; init; }

    /// <summary>Projection of the biases.</summary>
    public Constraint? BiasConstraint { get; init; }

    /// <summary>Seed of the dropout; null for other numbers each time.</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public int? Seed { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override IReadOnlyList<string> BuildArguments => ["value", "key"];

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool DependsOnTraining => Dropout > 0;

    private int HeadValue => ValueDim ?? KeyDim;

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(NumHeads, 1, nameof(NumHeads));
        RequireAtLeast(KeyDim, 1, nameof(KeyDim));
        RequireAtLeast(HeadValue, 1, nameof(ValueDim));
        RequireFraction(Dropout, nameof(Dropout));
    }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        if (inputs.Count is not (2 or 3))
        {
            throw UnfitInput($"takes a query, a value and perhaps a key, not {inputs.Count} inputs.");
        }

        var (query, value, key) = (inputs[0], inputs[1], inputs[^1]);
        RequireRank(query, 3);
        RequireRank(value, 3);
        AddPart(QueryPart, "query", [query[^1]], [NumHeads, KeyDim]);
        AddPart(KeyPart, "key", [key[^1]], [NumHeads, KeyDim]);
        if (UseGate)
        {
            AddPart(GatePart, "gate", [query[^1]], [NumHeads, HeadValue]);
        }

        AddPart(ValuePart, "value", [value[^1]], [NumHeads, HeadValue]);
        AddPart(OutputPart, "attention_output", [NumHeads, HeadValue], OutputShape is { } sizes ? [.. sizes.AsLongs()] : [query[^1]]);

        void AddPart(string edge, string scopeName, Shape from, Shape to)
        {
            var part = weights.Child(this, edge, scopeName);
            part.Add("kernel", from.Concat(to), KernelInitializer, KernelRegularizer, KernelConstraint);
            if (UseBias)
            {
                part.Add("bias", to, BiasInitializer, BiasRegularizer, BiasConstraint);
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call)
    {
        if (SlidingWindow is not null)
        {
            throw Unsupported($"cannot be run with {nameof(SlidingWindow)}.");
        }

        var op = call.Operators;
        var positional = call.Positional;
        var query = positional[0];
        var value = call.Named("value") is [var namedValue] ? namedValue : positional[1];
        var key = call.Named("key") is [var namedKey] ? namedKey : positional.Count > 2 ? positional[2] : value;
        var mask = MaskOf(op, query, value, key, call);

        var heads = Project(op, query.Value, call.Weights.Child(QueryPart), 1);
        var keys = Project(op, key.Value, call.Weights.Child(KeyPart), 1);
        var values = Project(op, value.Value, call.Weights.Child(ValuePart), 1);
        var equations = new HeadEquations(op.RankOf(heads), AttentionAxes);
        var scores = op.Einsum(equations.Scores, keys, op.Multiply(heads, 1 / Math.Sqrt(KeyDim)));
        var givesDistribution = call.Flag("return_attention_scores");
        var isFused = Dropout == 0 && !givesDistribution && op.RankOf(heads) == 4;
        var distribution = Distribution(op, scores, mask, equations, call.Context.Dialect, clears: !isFused);
        var dropped = call.Training && Dropout > 0 ? op.Dropout(distribution, Dropout, null, Seed) : distribution;
        var seen = op.Einsum(equations.Combine, dropped, values);
        if (UseGate)
        {
            seen = op.Multiply(seen, op.Sigmoid(Project(op, query.Value, call.Weights.Child(GatePart), 1)));
        }

        var output = Project(op, seen, call.Weights.Child(OutputPart), 2);
        (this as IActivityRegularized).AddPenalty(call, output);
        var result = new Masked<T>(output, query.Mask);
        return givesDistribution ? [result, new Masked<T>(distribution)] : [result];
    }

    private static T Distribution<T>(IOperators<T> op, T scores, T? mask, HeadEquations equations, KerasDialect dialect, bool clears)
        where T : class
    {
        if (mask is null)
        {
            return MaskedSoftmax.Normalize(op, scores, equations.ValueAxes);
        }

        while (op.RankOf(mask) < op.RankOf(scores))
        {
            mask = op.ExpandDimensions(mask, -(2 * equations.ValueAxes.Count) - 1);
        }

        return MaskedSoftmax.Apply(op, scores, mask, equations.ValueAxes, dialect, clears);
    }

    private static T? MaskOf<T>(IOperators<T> op, Masked<T> query, Masked<T> value, Masked<T> key, LayerCall<T> call)
        where T : class
    {
        var given = call.Named("attention_mask") is [var attention] ? attention.Value : null;
        return AttentionMasks.All(
            op,
            query.Mask is { } queries ? op.ExpandDimensions(queries, -1) : null,
            value.Mask is { } values ? op.ExpandDimensions(values, -2) : null,
            key.Mask is { } keys && !ReferenceEquals(key, value) ? op.ExpandDimensions(keys, -2) : null,
            call.Flag("use_causal_mask") ? AttentionMasks.Causal(op, op.DimensionOf(query.Value, 1), op.DimensionOf(value.Value, 1)) : null,
            given is null || op.DTypeOf(given) is Tensors.DType.Bool ? given : op.Cast(given, Tensors.DType.Bool));
    }

    /// <summary>A dense layer over the last <paramref name="bound"/> axes.</summary>
    private T Project<T>(IOperators<T> op, T x, LayerWeights<T> weights, int bound)
        where T : class
    {
        var kernel = weights["kernel"];
        var free = HeadEquations.Letters(0, op.RankOf(x) - bound);
        var summed = HeadEquations.Letters(free.Length, bound);
        var made = HeadEquations.Letters(free.Length + bound, op.RankOf(kernel) - bound);
        var output = op.Einsum($"{free}{summed},{summed}{made}->{free}{made}", x, kernel);
        return UseBias ? op.Add(output, weights["bias"]) : output;
    }
}
