using ModelTools.Diagnostics;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Torch.Training;
using TorchSharp;

namespace ModelTools.Torch.Data;

/// <summary>One batch in the engine.</summary>
/// <param name="Inputs">Per input of the model.</param>
/// <param name="Targets">Per output; null where there is none.</param>
/// <param name="SampleWeights">Per output; null for equal weights.</param>
internal sealed record SampleBatch(IReadOnlyList<torch.Tensor> Inputs, IReadOnlyList<torch.Tensor?> Targets, IReadOnlyList<torch.Tensor?> SampleWeights)
{
    /// <summary>Number of samples.</summary>
    public int Count => (int)Inputs[0].size(0);
}

/// <summary>Gives batches of a training's or an evaluation's samples.</summary>
internal sealed class SampleSource
{
    private readonly IReadOnlyList<RowReader> _inputs;
    private readonly IReadOnlyList<RowReader?> _targets;
    private readonly IReadOnlyList<RowReader?> _weights;

    /// <summary>Checks the data against a built model.</summary>
    /// <exception cref="ModelToolsException">MT3006: the inputs do not fit; MT3011: the targets or weights do not.</exception>
    public SampleSource(Model model, TrainingData data)
    {
        var outputs = model.Outputs.Count;
        _inputs = ModelInputs.Open(model, data.Inputs);
        _targets = data.Targets.Count == outputs
            ? [.. data.Targets.Select(Open)]
            : throw new ModelToolsException(ErrorCode.TargetMismatch, $"The model {model.Name} has {outputs} outputs; {data.Targets.Count} targets were given.");
        _weights = data.SampleWeights switch
        {
            null => new RowReader?[outputs],
            [var one] => [.. Enumerable.Repeat(Open(one), outputs)],
            var several when several.Count == outputs => [.. several.Select(Open)],
            var several => throw new ModelToolsException(ErrorCode.TargetMismatch, $"The model {model.Name} has {outputs} outputs; {several.Count} sample weights were given."),
        };

        Count = _inputs[0].Count;
        foreach (var reader in _targets.Concat(_weights).OfType<RowReader>())
        {
            if (reader.Count != Count)
            {
                throw new ModelToolsException(ErrorCode.TargetMismatch, $"There are {Count} input samples, but {reader.Count} targets or sample weights.");
            }
        }
    }

    /// <summary>Number of samples.</summary>
    public long Count { get; }

    /// <summary>Reads neighbouring samples.</summary>
    public SampleBatch Read(long start, int count) => Read(reader => reader.Read(start, count));

    /// <summary>Reads samples in a given order.</summary>
    public SampleBatch Read(ArraySegment<long> rows) => Read(reader => reader.Read(rows));

    private static RowReader? Open(Tensor? tensor) => tensor is null ? null : new RowReader(tensor);

    private SampleBatch Read(Func<RowReader, torch.Tensor> read) => new(
        [.. _inputs.Select(read)],
        [.. _targets.Select(reader => reader is null ? null : read(reader))],
        [.. _weights.Select(reader => reader is null ? null : read(reader))]);
}
