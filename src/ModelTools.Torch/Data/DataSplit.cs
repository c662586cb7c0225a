using ModelTools.Diagnostics;
using ModelTools.Tensors;
using ModelTools.Torch.Training;

namespace ModelTools.Torch.Data;

/// <summary>Keeps the last part of the samples for validation. Keras: <c>validation_split</c>.</summary>
internal static class DataSplit
{
    /// <summary>Cuts the data; both parts are views of the same bytes.</summary>
    /// <exception cref="ModelToolsException">MT6004: one part would be empty.</exception>
    public static (TrainingData Training, TrainingData Validation) Cut(TrainingData data, double part)
    {
        var count = data.Inputs[0].Shape.Rank > 0 ? data.Inputs[0].Shape[0] : 0;
        var training = (long)Math.Floor(count * (1 - part));
        if (training <= 0 || training >= count)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"A validation split of {part} leaves {training} of {count} samples for training.");
        }

        return (Part(data, 0, training), Part(data, training, count - training));
    }

    private static TrainingData Part(TrainingData data, long start, long count) => new(
        [.. data.Inputs.Select(tensor => Rows(tensor, start, count))],
        [.. data.Targets.Select(tensor => tensor is null ? null : Rows(tensor, start, count))],
        data.SampleWeights is null ? null : [.. data.SampleWeights.Select(tensor => tensor is null ? null : Rows(tensor, start, count))]);

    private static Tensor Rows(Tensor tensor, long start, long count)
    {
        var row = tensor.Shape[0] == 0 ? 0 : tensor.Data.Length / tensor.Shape[0];
        return new Tensor(tensor.DType, tensor.Shape.With(0, count), new PartialData(tensor.Data, start * row, count * row));
    }

    private sealed class PartialData(TensorData whole, long start, long length) : TensorData
    {
        public override long Length => length;

        public override void Read(long offset, Span<byte> destination)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + destination.Length, length);
            whole.Read(start + offset, destination);
        }
    }
}
