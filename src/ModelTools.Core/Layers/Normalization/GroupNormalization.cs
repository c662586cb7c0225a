using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Normalises groups of channels of each example. Keras: <c>keras.layers.GroupNormalization</c>.</summary>
/// <param name="Groups">Number of groups; -1 for one per channel.</param>
public sealed record GroupNormalization(int Groups = 32) : AffineNormalization
{
    /// <summary>The axis of the channels.</summary>
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (Groups != -1)
        {
            RequireAtLeast(Groups, 1, nameof(Groups));
        }
    }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        var channels = inputs[0][AxesOf(Axis, inputs[0])[0]];
        if (channels == 0 || (channels > 0 && channels % GroupsOf(channels) != 0))
        {
            throw UnfitInput($"cannot split {channels} channels into {Groups} groups.");
        }

        AddScaleAndOffset(weights, [channels]);
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var x = Widen(op, input);
        var axis = AxesOf(Axis, op.ShapeOf(input))[0];
        var channels = op.ShapeOf(input)[axis];
        var groups = GroupsOf(channels);
        var sizes = op.DimensionsOf(x);
        Dimension<T>[] grouped = [.. sizes[..axis], groups, channels / groups, .. sizes[(axis + 1)..]];

        var parts = op.Reshape(x, grouped);
        var (mean, variance) = op.Moments(parts, [.. Enumerable.Range(1, grouped.Length - 1).Where(index => index != axis)], true);
        var output = op.Normalize(parts, mean, variance, Align("beta"), Align("gamma"), Epsilon);
        output = op.Reshape(output, sizes);
        return op.DTypeOf(output) == op.DTypeOf(input) ? output : op.Cast(output, op.DTypeOf(input));

        T? Align(string name) => WeightOf(op, call, name, x) is { } weight
            ? op.AlongAxes(op.Reshape(weight, [groups, channels / groups]), [axis, axis + 1], grouped.Length)
            : null;
    }

    private long GroupsOf(long channels) => Groups == -1 ? channels : Groups;
}
