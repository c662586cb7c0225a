using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <summary>The vocabulary on tensors without values: what a layer gives is known before it is computed.</summary>
/// <remarks>
/// Open dimensions stay open unless an operator fixes them. Tensors that an operator cannot take are an error with a plain sentence
/// (MT3006), so that a model is checked whole while it is built. A loop's body runs once.
/// </remarks>
public sealed partial class ShapeOperators : IOperators<TensorSpec>
{
    private static readonly Dimension<TensorSpec> Open = new(Shape.Unknown, new TensorSpec(DType.Int32, Shape.Scalar));

    private ShapeOperators()
    {
    }

    /// <summary>The one instance: it has no state.</summary>
    public static ShapeOperators Instance { get; } = new();

    /// <inheritdoc/>
    public DType DTypeOf(TensorSpec x) => x.DType;

    /// <inheritdoc/>
    public Shape ShapeOf(TensorSpec x) => x.Shape;

    /// <inheritdoc/>
    public Dimension<TensorSpec> DimensionOf(TensorSpec x, int axis) => x.Shape[AxisOf(x, axis)] is >= 0 and var known ? known : Open;

    /// <inheritdoc/>
    public TensorSpec Constant(Tensor value) => new(value.DType, value.Shape);

    /// <inheritdoc/>
    public TensorSpec Fill(DType dtype, IReadOnlyList<Dimension<TensorSpec>> shape, double value) => new(dtype, ShapeFrom(shape));

    /// <inheritdoc/>
    public TensorSpec RandomUniform(DType dtype, IReadOnlyList<Dimension<TensorSpec>> shape, double minimum, double maximum, int? seed) => new(dtype, ShapeFrom(shape));

    /// <inheritdoc/>
    public TensorSpec RandomNormal(DType dtype, IReadOnlyList<Dimension<TensorSpec>> shape, double mean, double deviation, int? seed) => new(dtype, ShapeFrom(shape));

    /// <inheritdoc/>
    public ScanResult<TensorSpec> Loop(Scan<TensorSpec> scan)
    {
        var time = Shape.Unknown;
        foreach (var sequence in scan.Sequences)
        {
            RequireRank(sequence, 1, "A loop over time");
            time = Merge(time, sequence.Shape[0]) ?? throw Mismatch($"A loop over time takes sequences of one length, not {time} and {sequence.Shape[0]}.");
        }

        var step = scan.Body(this, [.. scan.Sequences.Select(sequence => new TensorSpec(sequence.DType, sequence.Shape.Slice(1, sequence.Shape.Rank - 1)))], scan.InitialStates, scan.Invariants);
        if (step.States.Count != scan.InitialStates.Count)
        {
            throw Mismatch($"A step of a loop over time gives {step.States.Count} states where it got {scan.InitialStates.Count}.");
        }

        var states = scan.InitialStates.Zip(step.States, (before, after) => before.DType == after.DType && Merge(before.Shape, after.Shape) is { } shape
            ? new TensorSpec(after.DType, shape)
            : throw Mismatch($"A state of a loop over time must keep its shape: it starts as {before} and becomes {after}."));
        var outputs = scan.CollectOutputs ? new TensorSpec(step.Output.DType, [time, .. step.Output.Shape]) : null;
        return new ScanResult<TensorSpec>(outputs, [.. states]);
    }

    private static Shape ShapeFrom(IEnumerable<Dimension<TensorSpec>> dimensions) => [.. dimensions.Select(dimension => dimension.Known)];

    /// <summary>The extent that both can be: an open one takes the other's; null if they differ.</summary>
    private static long? Merge(long a, long b) => a < 0 ? b : b < 0 || a == b ? a : null;

    private static Shape? Merge(Shape a, Shape b) =>
        a.IsCompatibleWith(b) ? [.. a.Zip(b, Math.Max)] : null;

    /// <summary>NumPy's rule: aligned at the end, an extent of 1 stretches; null if the shapes do not fit.</summary>
    private static Shape? Broadcast(Shape a, Shape b)
    {
        var result = new long[Math.Max(a.Rank, b.Rank)];
        for (var i = 1; i <= result.Length; i++)
        {
            var left = i <= a.Rank ? a[^i] : 1;
            var right = i <= b.Rank ? b[^i] : 1;
            result[^i] = (left, right) switch
            {
                (1, _) => right,
                (_, 1) => left,
                (Shape.Unknown, _) => right,
                (_, Shape.Unknown) => left,
                _ when left == right => left,
                _ => -2,
            };
            if (result[^i] == -2)
            {
                return null;
            }
        }

        return Shape.Create(result);
    }

    private static int AxisOf(TensorSpec x, int axis) => AxisOf(x.Shape.Rank, axis, x.Shape);

    private static int AxisOf(int rank, int axis, Shape shape)
    {
        var index = axis < 0 ? axis + rank : axis;
        return index >= 0 && index < rank ? index : throw Mismatch($"A tensor of shape {shape} has no axis {axis}.");
    }

    private static void RequireRank(TensorSpec x, int minimum, string what)
    {
        if (x.Shape.Rank < minimum)
        {
            throw Mismatch($"{what} takes a tensor with at least {minimum} axes, not one of shape {x.Shape}.");
        }
    }

    private static void RequireSameType(TensorSpec a, TensorSpec b, string what)
    {
        if (a.DType != b.DType)
        {
            throw Mismatch($"{what} takes tensors of one type, not {a.DType.Name()} and {b.DType.Name()}.");
        }
    }

    private static ModelToolsException Mismatch(string sentence) => new(ErrorCode.InputMismatch, sentence);
}
