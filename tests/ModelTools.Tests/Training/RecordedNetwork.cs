using ModelTools.Operators;
using ModelTools.Tensors;
using ModelTools.Torch.Operators;
using ModelTools.Training;
using TorchSharp;

namespace ModelTools.Tests.Training;

/// <summary>The small network of the recorded runs, trained by hand with an optimizer: Dense(6, tanh), Dense(3), crossentropy from logits.</summary>
internal sealed class RecordedNetwork : IDisposable
{
    private const int Batch = 8;

    private readonly TorchOperators _op = new();
    private readonly Optimizer _optimizer;
    private readonly torch.Tensor _inputs;
    private readonly torch.Tensor _targets;
    private readonly List<IReadOnlyList<torch.Tensor>> _slots;
    private IReadOnlyList<double> _shared;

    public RecordedNetwork(RecordedCases cases, Optimizer optimizer)
    {
        _optimizer = optimizer;
        var state = OptimizerState.Initial(optimizer, Start(cases));
        _inputs = _op.Constant(cases.Find("data/steps", "x")!);
        _targets = _op.Constant(cases.Find("data/steps", "y")!);
        Weights = [.. Start(cases).Select(_op.Constant)];
        _slots = [.. state.Slots.Select(slots => slots.Select(_op.Constant).ToArray())];
        _shared = state.Shared;
    }

    public List<torch.Tensor> Weights { get; }

    public long Iterations { get; private set; }

    /// <summary>Takes a step on its batch; returns the loss and accuracy before it.</summary>
    public (float Loss, float Accuracy) Step(int batch)
    {
        var (x, y) = (_inputs[(batch * Batch)..((batch + 1) * Batch)], _targets[(batch * Batch)..((batch + 1) * Batch)]);
        var leaves = Weights.Select(weight => weight.detach().requires_grad_()).ToArray();
        var logits = Logits(leaves, x);
        var loss = new CategoricalCrossentropy { FromLogits = true }.Compute(_op, y, logits);
        var accuracy = new CategoricalAccuracy();
        var part = accuracy.Result(_op, accuracy.Update(_op, null, y, logits.detach()));
        loss.backward();
        Update([.. leaves.Select(leaf => leaf.grad!)]);
        return (loss.item<float>(), part.item<float>());
    }

    /// <summary>The state as the optimizer's generation stores it.</summary>
    public (OptimizerLayout Layout, IReadOnlyList<Tensor> Flat) Flatten()
    {
        var layout = LayoutFor(_optimizer);
        return (layout, layout.Flatten(new OptimizerState
        {
            Iterations = Iterations,
            Slots = [.. _slots.Select(slots => slots.Select(slot => TorchMemory.Download(slot)).ToArray())],
            Shared = _shared,
        }));
    }

    /// <summary>Goes on from a stored state.</summary>
    public void Restore(OptimizerState state, IEnumerable<Tensor> weights)
    {
        (Iterations, _shared) = (state.Iterations, state.Shared);
        _slots.Clear();
        _slots.AddRange(state.Slots.Select(slots => slots.Select(_op.Constant).ToArray()));
        Weights.Clear();
        Weights.AddRange(weights.Select(_op.Constant));
    }

    /// <summary>The layout for this network's variables, with the names that the generation gives them.</summary>
    public static OptimizerLayout LayoutFor(Optimizer optimizer) => OptimizerLayout.For(optimizer, optimizer.Generation, Variables(optimizer.Generation));

    /// <summary>The variables with the paths that a generation gives them.</summary>
    public static OptimizerVariable[] Variables(OptimizerGeneration generation)
    {
        var prefix = generation is OptimizerGeneration.Keras3 ? "tiny/" : "";
        return
        [
            new OptimizerVariable(prefix + "hidden/kernel", [4, 6], DType.Float32),
            new OptimizerVariable(prefix + "hidden/bias", [6], DType.Float32),
            new OptimizerVariable(prefix + "logits/kernel", [6, 3], DType.Float32),
            new OptimizerVariable(prefix + "logits/bias", [3], DType.Float32),
        ];
    }

    public void Dispose() => _op.Dispose();

    private static IEnumerable<Tensor> Start(RecordedCases cases) => Enumerable.Range(0, 4).Select(i => cases.Find("data/steps", $"start{i}")!);

    private torch.Tensor Logits(torch.Tensor[] weights, torch.Tensor x)
    {
        var hidden = _op.Tanh(_op.Add(_op.MatMul(x, weights[0]), weights[1]));
        return _op.Add(_op.MatMul(hidden, weights[2]), weights[3]);
    }

    private void Update(IReadOnlyList<torch.Tensor> gradients)
    {
        var clipped = _optimizer.Clip(_op, gradients);
        _shared = _optimizer.AdvanceShared(_shared, Iterations);
        var rate = _optimizer.LearningRateAt(Iterations);
        for (var i = 0; i < Weights.Count; i++)
        {
            var update = _optimizer.Update(_op, new OptimizerStep<torch.Tensor>(Weights[i], clipped[i], _slots[i], Iterations, rate) { Shared = _shared, Path = Variables(_optimizer.Generation)[i].Path });
            (Weights[i], _slots[i]) = (update.Variable, update.Slots);
        }

        Iterations++;
    }
}
