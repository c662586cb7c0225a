using ModelTools.Diagnostics;
using ModelTools.Tensors;
using ModelTools.Torch.Operators;
using TorchSharp;

namespace ModelTools.Torch.Data;

/// <summary>Joins the results of batches into one tensor of known length.</summary>
/// <param name="count">Rows of all batches.</param>
internal sealed class ResultWriter(long count)
{
    private OwnedData? _data;
    private Tensor? _result;
    private long _offset;

    /// <summary>Appends the rows of a batch.</summary>
    /// <exception cref="ModelToolsException">MT5003: the batch differs in shape from the first one.</exception>
    public void Add(torch.Tensor batch)
    {
        var rows = Shape.Create(batch.shape);
        if (rows.Rank == 0)
        {
            throw new ModelToolsException(ErrorCode.EngineFailed, "The model gives one number for a whole batch, which cannot be split into samples.");
        }

        var whole = rows.With(0, count);
        _result ??= Tensor.Allocate(batch.dtype.ToDType(), whole, out _data);
        if (!whole.Equals(_result.Shape))
        {
            throw new ModelToolsException(ErrorCode.EngineFailed, $"One batch gives samples of shape {_result.Shape}, another of shape {whole}; they cannot be joined.")
            {
                Advice = "Give samples of one shape, or predict them in calls of their own.",
            };
        }

        _offset = TorchMemory.CopyTo(batch, _data!, _offset);
    }

    /// <summary>The joined results; null if there was no batch.</summary>
    public Tensor? Result => _result;
}
