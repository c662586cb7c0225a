using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>How the two directions become one output.</summary>
public enum BidirectionalMerge
{
    /// <summary>Side by side: the forward one first.</summary>
    Concat,

    /// <summary>Added.</summary>
    Sum,

    /// <summary>Multiplied.</summary>
    Mul,

    /// <summary>Averaged.</summary>
    Ave,
}

/// <summary>Reads sequences in both directions. Keras: <c>keras.layers.Bidirectional</c>.</summary>
/// <param name="Layer">The recurrent layer that reads forward.</param>
public sealed record Bidirectional(Layer Layer) : Layer
{
    private const string ForwardPrefix = "forward_";
    private const string BackwardPrefix = "backward_";

    /// <summary>How the directions are joined; null for two outputs.</summary>
    public BidirectionalMerge? MergeMode { get; init; } = BidirectionalMerge.Concat;

    /// <summary>The layer that reads backward; null for a copy of the other one.</summary>
    [ConfigWrite(OnlyIfSet = true)]
    public Layer? BackwardLayer { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool DependsOnTraining => Layer.DependsOnTraining;

    private Layer Forward => Layer with { Name = Prefixed(Layer, ForwardPrefix) };

    private Layer Backward => BackwardLayer is { } own
        ? own with { Name = Prefixed(own, BackwardPrefix) }
        : ((ISequenceLayer)Layer).Reversed() with { Name = Prefixed(Layer, BackwardPrefix) };

    /// <inheritdoc/>
    internal override IReadOnlyList<Layer> Parts => BackwardLayer is null ? [Layer] : [Layer, BackwardLayer];

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Layer is not ISequenceLayer forward || (BackwardLayer is not null && BackwardLayer is not ISequenceLayer))
        {
            throw InvalidOption("takes a recurrent layer such as LSTM.");
        }

        Layer.Validate();
        BackwardLayer?.Validate();
        var backward = (ISequenceLayer)Backward;
        if (forward.GoBackwards == backward.GoBackwards || forward.ReturnSequences != backward.ReturnSequences || forward.ReturnState != backward.ReturnState)
        {
            throw InvalidOption("needs two layers that read in different directions and return alike.");
        }
    }

    /// <inheritdoc/>
    internal override Layer WithParts(IReadOnlyList<Layer> parts) => this with { Layer = parts[0], BackwardLayer = parts.ElementAtOrDefault(1) };

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        var (forward, backward) = (Forward, Backward);
        forward.Build(inputs, weights.Child(forward, "forward_layer", forward.Name));
        backward.Build(inputs, weights.Child(backward, "backward_layer", backward.Name));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call)
    {
        var op = call.Operators;
        IReadOnlyList<Masked<T>> states = [.. call.Positional.Skip(1), .. call.Named("initial_state")];
        var half = states.Count / 2;
        var forward = RunPart(call, Forward, "forward_layer", states.Take(half));
        var backward = RunPart(call, Backward, "backward_layer", states.Skip(half));
        var (ahead, back) = (forward[0].Value, backward[0].Value);
        var options = (ISequenceLayer)Layer;
        if (options.ReturnSequences)
        {
            back = op.Reverse(back, options.TimeMajor ? 0 : 1);
        }

        var mask = forward[0].Mask;
        IEnumerable<Masked<T>> outputs = MergeMode is { } mode ? [new Masked<T>(Join(op, mode, ahead, back), mask)] : [new(ahead, mask), new(back, mask)];
        return [.. outputs, .. forward.Skip(1), .. backward.Skip(1)];
    }

    private static T Join<T>(IOperators<T> op, BidirectionalMerge mode, T ahead, T back)
        where T : class => mode switch
        {
            BidirectionalMerge.Concat => op.Concat([ahead, back], -1),
            BidirectionalMerge.Sum => op.Add(ahead, back),
            BidirectionalMerge.Mul => op.Multiply(ahead, back),
            _ => op.Multiply(op.Add(ahead, back), 0.5),
        };

    private static IReadOnlyList<Masked<T>> RunPart<T>(LayerCall<T> call, Layer part, string edge, IEnumerable<Masked<T>> states)
        where T : class
    {
        IReadOnlyList<Masked<T>> masks = call.Named("mask");
        var partCall = call with
        {
            Inputs = [call.Positional[0], .. masks, .. states],
            Keywords = [null, .. masks.Select(_ => "mask")],
            Weights = call.Weights.Child(edge),
        };

        // Keras: without this, the reversed outputs of the backward layer would repeat values into the masked end.
        return new SequenceCall<T>(part, (ISequenceLayer)part, partCall) { ZeroOutputForMask = ((ISequenceLayer)part).ReturnSequences }.Run();
    }

    private static string Prefixed(Layer layer, string prefix)
    {
        var name = layer.Name.Length > 0 ? layer.Name : SnakeCase.Of(layer.ClassName);
        if (name.StartsWith(prefix, StringComparison.Ordinal))
        {
            return name;
        }

        return prefix + (name.StartsWith(ForwardPrefix, StringComparison.Ordinal) ? name[ForwardPrefix.Length..] : name);
    }
}
