using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>The order in which a generation of Keras stores an optimizer's variables, and the way there and back.</summary>
/// <remarks>
/// Files restore by position. Keras 3 and tf.keras from 2.11 go through the variables and store the slots of one block together (m, v, m, v …); older
/// ones store slot after slot (m, m …, v, v …). Only Keras 3 stores the learning rate, and only where it is a number.
/// </remarks>
public sealed class OptimizerLayout
{
    private const int MaximumReplay = 100_000;

    private readonly Optimizer _optimizer;
    private readonly IReadOnlyList<OptimizerVariable> _variables;

    private OptimizerLayout(Optimizer optimizer, IReadOnlyList<OptimizerVariable> variables)
    {
        _optimizer = optimizer;
        _variables = variables;
        Entries = [.. Build()];
    }

    /// <summary>The flat list.</summary>
    public IReadOnlyList<OptimizerEntry> Entries { get; }

    private OptimizerGeneration Generation => _optimizer.Generation;

    /// <summary>The layout of an optimizer's state for a model's trainable variables.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="generation">The generation that writes or wrote the file.</param>
    /// <param name="variables">The trainable variables in the model's order.</param>
    public static OptimizerLayout For(Optimizer optimizer, OptimizerGeneration generation, IReadOnlyList<OptimizerVariable> variables) =>
        new(optimizer with { Generation = generation }, variables);

    /// <summary>A state as the flat list, in the order of <see cref="Entries"/>.</summary>
    public IReadOnlyList<Tensor> Flatten(OptimizerState state) => [.. Entries.Select(entry => entry.Kind switch
    {
        OptimizerEntryKind.Iteration => Tensor.Scalar(state.Iterations),
        OptimizerEntryKind.LearningRate => Tensor.Scalar((float)_optimizer.LearningRateAt(state.Iterations, state.LearningRate)),
        OptimizerEntryKind.Slot => SlotOf(state, entry),
        OptimizerEntryKind.Shared => ScalarTensors.Filled(entry.DType, entry.Shape, state.Shared[entry.Index]),
        _ => Tensor.Zeros(entry.DType, entry.Shape),
    })];

    /// <summary>A flat list as a state.</summary>
    /// <param name="tensors">What the file has, in its order. A missing iteration count, a missing or unexpected learning rate and the unused third slot of old Adams are forgiven.</param>
    /// <exception cref="ModelToolsException">MT3003: the file has another number of variables; MT3002: one has another shape.</exception>
    public OptimizerState Restore(IReadOnlyList<Tensor> tensors)
    {
        var entries = Matching(tensors);
        var state = new OptimizerState();
        var slots = _variables.Select(variable => _optimizer.Slots.Select(slot => ScalarTensors.Filled(variable.DType, slot.ShapeFor(variable.Shape), slot.InitialValue)).ToArray()).ToArray();
        var shared = new double?[_optimizer.Shared.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            var (entry, tensor) = (entries[i], tensors[i]);
            switch (entry.Kind)
            {
                case OptimizerEntryKind.Iteration:
                    state = state with { Iterations = (long)ScalarTensors.Read(tensor, entry.Name) };
                    break;
                case OptimizerEntryKind.LearningRate:
                    state = state with { LearningRate = ScalarTensors.Read(tensor, entry.Name) };
                    break;
                case OptimizerEntryKind.Shared:
                    shared[entry.Index] = ScalarTensors.Read(tensor, entry.Name);
                    break;
                case OptimizerEntryKind.Slot when !tensor.Shape.Equals(entry.Shape):
                    throw new ModelToolsException(ErrorCode.WeightShapeMismatch, $"The optimizer's {entry.Name} has shape {tensor.Shape} in the file; the model needs {entry.Shape}.") { Location = entry.Name };
                case OptimizerEntryKind.Slot:
                    slots[entry.Variable][entry.Index] = tensor;
                    break;
            }
        }

        var computed = SharedAfter(state.Iterations);
        return state with { Slots = slots, Shared = [.. shared.Select((value, index) => value ?? computed[index])] };
    }

    // One generation keeps a slot (SGD's momentum of 0) that another does not have.
    private Tensor SlotOf(OptimizerState state, OptimizerEntry entry) => state.Slots[entry.Variable] is { } slots && entry.Index < slots.Count
        ? slots[entry.Index]
        : ScalarTensors.Filled(entry.DType, entry.Shape, _optimizer.Slots[entry.Index].InitialValue);

    // Keras 2 does not store them, so that its own resumed training differs; they follow from the number of steps.
    private IReadOnlyList<double> SharedAfter(long iterations)
    {
        IReadOnlyList<double> shared = [.. _optimizer.Shared.Select(value => value.InitialValue)];
        for (var i = 0L; i < Math.Min(iterations, MaximumReplay) && shared.Count > 0; i++)
        {
            shared = _optimizer.AdvanceShared(shared, i);
        }

        return shared;
    }

    // The list as it should be, and as older or neighbouring versions have it; the first one that fits.
    private IReadOnlyList<OptimizerEntry> Matching(IReadOnlyList<Tensor> tensors)
    {
        List<OptimizerEntry> Without(params IReadOnlyList<OptimizerEntryKind> kinds) => [.. Entries.Where(entry => !kinds.Contains(entry.Kind))];
        List<IReadOnlyList<OptimizerEntry>> candidates =
        [
            Entries,
            Without(OptimizerEntryKind.LearningRate),
            Without(OptimizerEntryKind.Shared),
            Without(OptimizerEntryKind.LearningRate, OptimizerEntryKind.Shared),
            Without(OptimizerEntryKind.Iteration),
            [.. Entries.Take(1), new OptimizerEntry(OptimizerEntryKind.LearningRate, "learning_rate", Shape.Scalar, DType.Float32), .. Entries.Skip(1)],
        ];
        if (_optimizer is Adam { Amsgrad: false } && tensors.Count == Entries.Count + _variables.Count)
        {
            candidates = [Entries];
            tensors = [.. tensors.Take(Entries.Count)];
        }

        var counted = candidates.Where(entries => entries.Count == tensors.Count).ToList();
        return counted.Find(entries => entries.Zip(tensors).All(pair => pair.First.Kind is OptimizerEntryKind.Placeholder || pair.First.Shape.Equals(pair.Second.Shape)))
            ?? counted.FirstOrDefault()
            ?? throw new ModelToolsException(ErrorCode.WeightCountMismatch, $"The optimizer {_optimizer.ClassName} keeps {Entries.Count} variables for this model; the file has {tensors.Count}.");
    }

    private IEnumerable<OptimizerEntry> Build()
    {
        var scaled = _optimizer as LossScaleOptimizer;
        var working = scaled?.InnerOptimizer ?? _optimizer;
        var offset = scaled is null ? 0 : LossScaleOptimizer.OwnShared;
        var isKeras3 = Generation is OptimizerGeneration.Keras3;
        IEnumerable<OptimizerEntry> wrapper = scaled is null || !isKeras3 ? [] :
        [
            // Keras 3 makes them and never uses them: the inner optimizer has its own.
            new OptimizerEntry(OptimizerEntryKind.Placeholder, $"{scaled.Name}/iteration", Shape.Scalar, DType.Int64),
            new OptimizerEntry(OptimizerEntryKind.Placeholder, $"{scaled.Name}/learning_rate", Shape.Scalar, DType.Float32),
            .. SharedEntries(scaled, 0, LossScaleOptimizer.OwnShared),
        ];
        var shared = SharedEntries(working, offset, _optimizer.Shared.Count);
        return
        [
            .. wrapper,
            .. Header(working),
            .. Generation is OptimizerGeneration.Keras2Legacy ? shared : [],
            .. SlotEntries(isKeras3 && scaled is not null ? $"{scaled.Name}/{working.Name}/" : Generation is OptimizerGeneration.Keras2 && scaled is not null ? "" : working.Name + "/"),
            .. isKeras3 ? shared : [],
        ];
    }

    private IEnumerable<OptimizerEntry> Header(Optimizer optimizer)
    {
        yield return new OptimizerEntry(OptimizerEntryKind.Iteration, Generation switch
        {
            OptimizerGeneration.Keras3 => $"{optimizer.Name}/iteration",
            OptimizerGeneration.Keras2 => "iteration:0",
            OptimizerGeneration.Keras2Legacy => $"{optimizer.Name}/iter:0",
            _ => $"{optimizer.Name}/iterations:0",
        }, Shape.Scalar, DType.Int64);
        if (Generation is OptimizerGeneration.Keras3 && optimizer.LearningRate is ConstantLearningRate)
        {
            yield return new OptimizerEntry(OptimizerEntryKind.LearningRate, $"{optimizer.Name}/learning_rate", Shape.Scalar, DType.Float32);
        }
    }

    private IEnumerable<OptimizerEntry> SharedEntries(Optimizer owner, int start, int end) => Enumerable.Range(start, end - start)
        .Select(index => (Value: _optimizer.Shared[index], Index: index))
        .Where(item => Generation is OptimizerGeneration.Keras3 || item.Value.LegacyName is not null)
        .Select(item => new OptimizerEntry(
            OptimizerEntryKind.Shared,
            Generation is OptimizerGeneration.Keras3 ? $"{owner.Name}/{item.Value.Name}" : $"{owner.Name}/{item.Value.LegacyName}:0",
            Shape.Scalar,
            item.Value.DType) { Index = item.Index });

    private IEnumerable<OptimizerEntry> SlotEntries(string prefix)
    {
        var slots = _optimizer.Slots.Select((slot, index) => (Slot: slot, Index: index));
        var isBlocked = Generation is OptimizerGeneration.Keras2Legacy or OptimizerGeneration.MultiBackend && !_optimizer.LegacySlotsAreInterleaved;
        var blocks = isBlocked ? slots.Select(slot => new[] { slot }) : slots.GroupBy(slot => slot.Slot.Block).OrderBy(block => block.Key).Select(block => block.ToArray());
        return blocks.SelectMany(block => _variables.SelectMany((variable, place) => block.Select(slot => EntryOf(prefix, slot.Slot, slot.Index, variable, place)).OfType<OptimizerEntry>()));
    }

    private OptimizerEntry? EntryOf(string prefix, OptimizerSlot slot, int index, OptimizerVariable variable, int place)
    {
        var isPart = slot.Shape is not SlotShape.Variable;
        var isPlaceholder = isPart && variable.Shape.Rank < 2;
        if ((isPlaceholder && Generation is not OptimizerGeneration.Keras3) || !_optimizer.Stores(slot, variable))
        {
            return null;
        }

        var name = Generation switch
        {
            OptimizerGeneration.Keras3 when isPart => prefix + variable.Path[(variable.Path.LastIndexOf('/') + 1)..],
            OptimizerGeneration.Keras3 => $"{prefix}{variable.Path.Replace('/', '_')}_{slot.Name}",
            OptimizerGeneration.Keras2 => $"{prefix}{slot.Keras2Name}/{variable.Path}:0",
            _ => $"{prefix}{variable.Path}/{slot.LegacyName}:0",
        };
        return new OptimizerEntry(isPlaceholder ? OptimizerEntryKind.Placeholder : OptimizerEntryKind.Slot, name, slot.ShapeFor(variable.Shape), variable.DType) { Variable = place, Index = index };
    }
}
