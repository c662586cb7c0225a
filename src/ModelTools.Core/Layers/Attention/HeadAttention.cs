using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Attention by several heads over projections of query, key and value.</summary>
/// <remarks>
/// Inputs: query [batch, queries, …], then value and perhaps key [batch, values, …], by position or by name; a mask as <c>attention_mask</c>
/// [batch, queries, values]. Output [batch, queries, …], and the distribution where the call asks for it (<c>return_attention_scores</c>).
/// </remarks>
public abstract record HeadAttention : Layer, IActivityRegularized
{
    private const string QueryPart = "_query_dense";
    private const string KeyPart = "_key_dense";
    private const string GatePart = "_gate_dense";
    private const string ValuePart = "_value_dense";
    private const string OutputPart = "_output_dense";

    private protected HeadAttention()
    {
    }

    /// <summary>The part of the distribution that is dropped in training.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether the projections add a bias.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>Whether a gate of the query multiplies the heads' output (Keras 3.14).</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public bool UseGate { get; init; }

    /// <summary>How far a query sees: values less than so many places away (Keras 3.15).</summary>
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

    /// <summary>Number of the queries' heads.</summary>
    private protected abstract int QueryHeads { get; }

    /// <summary>Number of the keys' and values' heads: as many, or a part of it.</summary>
    private protected abstract int ValueHeads { get; }

    /// <summary>Size of a head's queries and keys.</summary>
    private protected abstract int KeySize { get; }

    /// <summary>Size of a head's values.</summary>
    private protected abstract int ValueSize { get; }

    /// <summary>Sizes of the output's features; null for the query's.</summary>
    private protected virtual IntegerList? OutputSizes => null;

    /// <summary>The axes over which attention runs; null for all but batch and features.</summary>
    private protected virtual IntegerList? Attended => null;

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireFraction(Dropout, nameof(Dropout));
        RequireAtLeast(SlidingWindow ?? 1, 1, nameof(SlidingWindow));
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
        if (Attended is { } axes && (axes.Select(axis => axis < 0 ? axis + query.Rank : axis).Distinct().Count(axis => axis > 0 && axis < query.Rank - 1) < axes.Count || value.Rank != query.Rank))
        {
            throw UnfitInput($"attends over the axes {axes}, which do not all lie between the first and the last of a query {query} and a value {value}.");
        }

        AddPart(QueryPart, "query", [query[^1]], [QueryHeads, KeySize]);
        AddPart(KeyPart, "key", [key[^1]], [ValueHeads, KeySize]);
        if (UseGate)
        {
            AddPart(GatePart, "gate", [query[^1]], [QueryHeads, ValueSize]);
        }

        AddPart(ValuePart, "value", [value[^1]], [ValueHeads, ValueSize]);
        AddPart(OutputPart, "attention_output", [QueryHeads, ValueSize], OutputSizes is { } sizes ? [.. sizes.AsLongs()] : [query[^1]]);

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
        var op = call.Operators;
        var positional = call.Positional;
        var query = positional[0];
        var value = call.Named("value") is [var namedValue] ? namedValue : positional.Count > 1 ? positional[1] : throw UnfitInput("is called without a value.");
        var key = call.Named("key") is [var namedKey] ? namedKey : positional.Count > 2 ? positional[2] : value;
        var mask = MaskOf(op, query, value, key, call);

        var heads = Project(op, query.Value, call.Weights.Child(QueryPart), 1);
        var keys = Shared(op, Project(op, key.Value, call.Weights.Child(KeyPart), 1));
        var values = Shared(op, Project(op, value.Value, call.Weights.Child(ValuePart), 1));
        var equations = new HeadEquations(op.RankOf(heads), Attended);
        var scores = op.Einsum(equations.Scores, keys, op.Multiply(heads, 1 / Math.Sqrt(KeySize)));
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

    private T? MaskOf<T>(IOperators<T> op, Masked<T> query, Masked<T> value, Masked<T> key, LayerCall<T> call)
        where T : class
    {
        var given = call.Named("attention_mask") is [var attention] ? attention.Value : null;
        return AttentionMasks.All(
            op,
            query.Mask is { } queries ? op.ExpandDimensions(queries, -1) : null,
            value.Mask is { } values ? op.ExpandDimensions(values, -2) : null,
            key.Mask is { } keys && !ReferenceEquals(key, value) ? op.ExpandDimensions(keys, -2) : null,
            call.Flag("use_causal_mask") ? AttentionMasks.Causal(op, op.DimensionOf(query.Value, 1), op.DimensionOf(value.Value, 1)) : null,
            SlidingWindow is { } window ? AttentionMasks.Window(op, op.DimensionOf(query.Value, 1), op.DimensionOf(value.Value, 1), window) : null,
            given is null || op.DTypeOf(given) is Tensors.DType.Bool ? given : op.Cast(given, Tensors.DType.Bool));
    }

    /// <summary>Heads of keys or values, each as often as queries share it.</summary>
    private T Shared<T>(IOperators<T> op, T heads)
        where T : class => ValueHeads == QueryHeads ? heads : op.Repeat(heads, QueryHeads / ValueHeads, -2);

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
