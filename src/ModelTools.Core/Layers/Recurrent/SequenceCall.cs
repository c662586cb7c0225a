using ModelTools.Diagnostics;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Takes a recurrence through a sequence. Keras: <c>backend.rnn</c>.</summary>
/// <param name="layer">The layer that is called.</param>
/// <param name="options">Its options.</param>
/// <param name="call">The call.</param>
internal sealed class SequenceCall<T>(Layer layer, ISequenceLayer options, LayerCall<T> call)
    where T : class
{
    private readonly IOperators<T> _op = call.Operators;
    private readonly Recurrence _maths = options.Recurrence;

    /// <summary>Whether masked steps give zeros; Bidirectional decides for its parts.</summary>
    public bool ZeroOutputForMask { get; init; } = options.ZeroOutputForMask;

    public IReadOnlyList<Masked<T>> Run()
    {
        var positional = call.Positional;
        var sequence = options.TimeMajor ? Swap(positional[0].Value) : positional[0].Value;
        if (options.Unroll && _op.ShapeOf(sequence)[1] < 0)
        {
            throw new ModelToolsException(ErrorCode.InputMismatch, $"The layer {layer.Name} ({layer.ClassName}) can write its steps out only for sequences of known length.") { Location = layer.Name };
        }

        var mask = call.Named("mask") is [var given] ? given.Value : positional[0].Mask;
        IReadOnlyList<T> initial = [.. positional.Skip(1).Concat(call.Named("initial_state")).Select(state => state.Value)];
        if (initial.Count > 0 && initial.Count != _maths.StateSizes.Count)
        {
            throw new ModelToolsException(ErrorCode.InputMismatch, $"The layer {layer.Name} ({layer.ClassName}) takes {_maths.StateSizes.Count} initial states, not {initial.Count}.") { Location = layer.Name };
        }

        var memory = options.Stateful ? call.Context.States : null;
        if (initial.Count == 0 && memory?.Recall(call.Weights.Scope) is { } kept)
        {
            RequireSameBatch(_op.ShapeOf(sequence)[0], _op.ShapeOf(kept[0])[0]);
            initial = kept;
        }

        var (outputs, last, states) = Loop(sequence, mask, initial);
        memory?.Keep(call.Weights.Scope, states);
        var output = !options.ReturnSequences ? last : options.TimeMajor ? outputs! : Swap(outputs!);
        (layer as IActivityRegularized)?.AddPenalty(call, output);
        var result = new Masked<T>(output, options.ReturnSequences ? mask : null);
        return options.ReturnState ? [result, .. states.Select(state => new Masked<T>(state))] : [result];
    }

    private void RequireSameBatch(long now, long before)
    {
        if (now != before)
        {
            throw new ModelToolsException(ErrorCode.InputMismatch, $"The layer {layer.Name} ({layer.ClassName}) goes on where the last batch of {before} samples ended; this one has {now}.")
            {
                Location = layer.Name,
                Advice = "Give batches of one size, or reset the states between them.",
            };
        }
    }

    private (T? Outputs, T Last, IReadOnlyList<T> States) Loop(T sequence, T? mask, IReadOnlyList<T> initial)
    {
        var batch = _op.DimensionOf(sequence, 0);
        var weights = _maths.Prepare(_op, call.Weights.Child("cell"), batch, call.Training);
        var projected = _maths.Project(_op, sequence, weights);
        var dtype = _op.DTypeOf(projected);
        var spatial = _op.DimensionsOf(projected)[2..^1];
        IReadOnlyList<T> states = initial.Count > 0 ? initial : [.. _maths.StateSizes.Select(Zeros)];

        // The output of a masked step is the one before. That is the state, unless the state did not begin at zero, or zeros are wanted.
        var carriesOutput = mask is not null && (ZeroOutputForMask ? !options.ReturnSequences : initial.Count > 0);
        var result = _op.Loop(new Scan<T>(
            mask is null ? [Swap(projected)] : [Swap(projected), options.TimeMajor ? mask : Swap(mask)],
            carriesOutput ? [.. states, Zeros(_maths.OutputSize)] : states,
            weights.Invariants,
            BodyOf(_maths, weights, mask is not null, ZeroOutputForMask, carriesOutput))
        {
            Reverse = options.GoBackwards,
            CollectOutputs = options.ReturnSequences,
            Unroll = options.Unroll,
        });
        var count = _maths.StateSizes.Count;
        return (result.Outputs, carriesOutput ? result.States[count] : result.States[_maths.OutputState], [.. result.States.Take(count)]);

        T Zeros(int size) => _op.Fill(dtype, [batch, .. spatial, size], 0);
    }

    // Static: a body must not see tensors from outside the loop.
    private static ScanBody<T> BodyOf(Recurrence maths, RecurrenceWeights<T> weights, bool isMasked, bool zeroOutput, bool carriesOutput) => (op, inputs, states, invariants) =>
    {
        var step = maths.Step(op, inputs[0], carriesOutput ? [.. states.Take(states.Count - 1)] : states, weights.Inside(invariants));
        if (!isMasked)
        {
            return step;
        }

        var counts = inputs[1];
        while (op.RankOf(counts) < op.RankOf(step.Output))
        {
            counts = op.ExpandDimensions(counts, -1);
        }

        List<T> next = [.. step.States.Zip(states, (after, before) => op.Select(counts, after, before))];
        var output = zeroOutput ? op.Select(counts, step.Output, op.Scalar(0, step.Output))
            : carriesOutput ? op.Select(counts, step.Output, states[^1])
            : next[maths.OutputState];
        if (carriesOutput)
        {
            next.Add(output);
        }

        return new ScanStep<T>(output, next);
    };

    private T Swap(T x) => _op.Transpose(x, [1, 0, .. Enumerable.Range(2, _op.RankOf(x) - 2)]);
}
