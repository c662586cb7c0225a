using ModelTools.Tensors;
using TorchSharp;

namespace ModelTools.Torch.Operators;

/// <summary>Moves values between our tensors and the engine's: one copy each way, in blocks, of any size.</summary>
internal static class TorchMemory
{
    private const long Block = 1 << 28;

    /// <summary>A new tensor of the engine with these values.</summary>
    public static torch.Tensor Upload(Tensor value)
    {
        var result = torch.empty(value.Shape.AsSpan(), value.DType.ToTorch());
        CopyInto(value, result);
        return result;
    }

    /// <summary>Overwrites a contiguous tensor of the same type and number of elements.</summary>
    public static void CopyInto(Tensor value, torch.Tensor destination)
    {
        ForEachBlock(destination, (offset, bytes) => value.Data.Read(offset, bytes));
    }

    /// <summary>A copy of the engine's values.</summary>
    public static Tensor Download(torch.Tensor value)
    {
        var result = Tensor.Allocate(value.dtype.ToDType(), Shape.Create(value.shape), out var data);
        CopyTo(value, data, 0);
        return result;
    }

    /// <summary>Copies the engine's values to a place in memory and returns the offset behind them.</summary>
    public static long CopyTo(torch.Tensor value, OwnedData data, long start)
    {
        using var contiguous = value.is_contiguous() ? null : value.contiguous();
        ForEachBlock(contiguous ?? value, (offset, bytes) => bytes.CopyTo(data.Span(start + offset, bytes.Length)));
        return start + (value.NumberOfElements * value.ElementSize);
    }

    private delegate void BlockAction(long offset, Span<byte> bytes);

    private static void ForEachBlock(torch.Tensor tensor, BlockAction action)
    {
        var count = tensor.NumberOfElements;
        if (count == 0)
        {
            return;
        }

        var size = tensor.ElementSize;
        if (count * size <= Block)
        {
            action(0, tensor.bytes);
            return;
        }

        using var flat = tensor.view(-1);
        for (long start = 0, step = Block / size; start < count; start += step)
        {
            using var part = flat.narrow(0, start, Math.Min(step, count - start));
            action(start * size, part.bytes);
        }
    }
}
