using System.Text.RegularExpressions;
using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Moves matrices along the nearest orthogonal matrix to their momentum, and everything else as AdamW. Keras: <c>keras.optimizers.Muon</c>.</summary>
/// <remarks>Which variables are matrices in this sense depends on their rank and path (<see cref="OptimizerStep{T}.Path"/>).</remarks>
public sealed record Muon : GradientOptimizer
{
    private const int MatrixRank = 2;

    /// <inheritdoc/>
    public override double? WeightDecay { get; init; } = 0.004;

    /// <summary>AdamW's decay of the mean gradient.</summary>
    [ConfigKey("adam_beta_1")]
    public double AdamBeta1 { get; init; } = 0.9;

    /// <summary>AdamW's decay of the mean squared gradient.</summary>
    [ConfigKey("adam_beta_2")]
    public double AdamBeta2 { get; init; } = 0.999;

    /// <summary>Keeps AdamW's divisor away from 0.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Regular expressions: variables with such a path are updated by AdamW.</summary>
    public IReadOnlyList<string> ExcludeLayers { get; init; } = [];

    /// <summary>Coefficient of x in the iteration.</summary>
    public double MuonA { get; init; } = 3.4445;

    /// <summary>Coefficient of x³.</summary>
    public double MuonB { get; init; } = -4.775;

    /// <summary>Coefficient of x⁵.</summary>
    public double MuonC { get; init; } = 2.0315;

    /// <summary>AdamW's part of the learning rate.</summary>
    public double AdamLrRatio { get; init; } = 1;

    /// <summary>The part of the momentum that stays.</summary>
    public double Momentum { get; init; } = 0.95;

    /// <summary>Number of iterations towards the orthogonal matrix.</summary>
    public int NsSteps { get; init; } = 5;

    /// <summary>Look ahead along the momentum.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>Variables with "embedding" in their path are updated by AdamW.</summary>
    public bool ExcludeEmbeddings { get; init; } = true;

    /// <summary>AdamW's weight decay; null for none.</summary>
    public double? AdamWeightDecay { get; init; } = 0.004;

    /// <summary>Scales steps to the size of AdamW's; null: no scaling.</summary>
    public double? RmsRate { get; init; } = 0.2;

    /// <inheritdoc/>
    protected override bool TreatsElementsAlone => false;

    /// <inheritdoc/>
    protected internal override bool Stores(OptimizerSlot slot, OptimizerVariable variable) => slot.Name != "velocity" || !IsMatrix(variable.Shape.Rank, variable.Path);

    /// <inheritdoc/>
    protected override IEnumerable<OptimizerSlot> OwnSlots()
    {
        yield return new OptimizerSlot("momentum", "m", "m", 0);
        yield return new OptimizerSlot("velocity", "v", "v", 0);
    }

    /// <inheritdoc/>
    protected override double? DecayOf<T>(IOperators<T> op, OptimizerStep<T> step) => IsMatrix(op.RankOf(step.Variable), step.Path) ? WeightDecay : AdamWeightDecay;

    /// <inheritdoc/>
    protected override OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        if (!IsMatrix(op.RankOf(step.Variable), step.Path))
        {
            return Adam.Move(op, step with { LearningRate = step.LearningRate * AdamLrRatio }, AdamBeta1, AdamBeta2, Epsilon);
        }

        var momentum = op.Add(op.Multiply(step.Slots[0], Momentum), step.Gradient);
        var direction = Orthogonal(op, Nesterov ? op.Add(step.Gradient, op.Multiply(momentum, Momentum)) : momentum);
        var shape = op.ShapeOf(step.Variable);
        var scale = RmsRate is { } rate ? rate * Math.Sqrt(Math.Max(shape[0], shape[1])) : 1;
        return new OptimizerUpdate<T>(op.Subtract(step.Variable, op.Multiply(direction, step.LearningRate * scale)), [momentum, step.Slots[1]]);
    }

    // Newton and Schulz's iteration on the flat side: x ← a·x + (b·xxᵀ + c·(xxᵀ)²)·x.
    private T Orthogonal<T>(IOperators<T> op, T x)
        where T : class
    {
        var shape = op.ShapeOf(x);
        var isTall = shape[0] > shape[1];
        x = isTall ? op.Transpose(x, [1, 0]) : x;
        x = op.Divide(x, op.Add(op.Sqrt(op.SumAll(op.Square(x))), TensorMath.Epsilon));
        for (var i = 0; i < NsSteps; i++)
        {
            var square = op.MatMul(x, x, transposeB: true);
            var polynomial = op.Add(op.Multiply(square, MuonB), op.MatMul(op.Multiply(square, MuonC), square));
            x = op.Add(op.Multiply(x, MuonA), op.MatMul(polynomial, x));
        }

        return isTall ? op.Transpose(x, [1, 0]) : x;
    }

    private bool IsMatrix(int rank, string path) =>
        rank == MatrixRank
        && !(ExcludeEmbeddings && path.Contains("embedding", StringComparison.OrdinalIgnoreCase))
        && !ExcludeLayers.Any(pattern => Regex.IsMatch(path, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
}
