using ModelTools.Diagnostics;
using ModelTools.Tensors;
using ModelTools.Torch.Operators;
using TorchSharp;

namespace ModelTools.Torch.Data;

/// <summary>Takes batches of rows (elements of the first axis) out of a tensor, wherever its bytes lie.</summary>
internal sealed class RowReader
{
    private readonly Tensor _source;
    private readonly torch.ScalarType _stored;
    private readonly torch.ScalarType _wanted;
    private readonly long[] _shape;
    private readonly int _rowBytes;

    /// <summary>Prepares reading.</summary>
    /// <param name="source">The data, batch first.</param>
    /// <param name="dtype">The type that is wanted; null for the data's.</param>
    /// <exception cref="ModelToolsException">MT4004: the engine has no such type; MT6004: a row is larger than 2 GB.</exception>
    public RowReader(Tensor source, DType? dtype = null)
    {
        _source = source;
        _stored = Stored(source.DType).ToTorch();
        _wanted = (dtype ?? Widening(source.DType)?.Wide ?? source.DType).ToTorch();
        _shape = source.Shape.ToArray();
        Count = _shape.Length > 0 ? _shape[0] : throw new ModelToolsException(ErrorCode.InvalidArgument, "A single number is no data: the first axis counts the samples.");
        var rowBytes = Count == 0 ? 0 : source.Data.Length / Count;
        _rowBytes = rowBytes <= int.MaxValue ? (int)rowBytes : throw new ModelToolsException(ErrorCode.InvalidArgument, $"One sample takes {rowBytes} bytes; the most is {int.MaxValue}.");
    }

    /// <summary>Number of rows.</summary>
    public long Count { get; }

    /// <summary>Reads neighbouring rows.</summary>
    public torch.Tensor Read(long start, int count)
    {
        var batch = Take(count);
        if (_rowBytes > 0)
        {
            if ((long)count * _rowBytes <= int.MaxValue)
            {
                _source.Data.Read(start * _rowBytes, batch.bytes);
            }
            else
            {
                FillRows(batch, row => start + row);
            }
        }

        return Finish(batch);
    }

    /// <summary>Reads rows in a given order.</summary>
    public torch.Tensor Read(ReadOnlySpan<long> rows)
    {
        var batch = Take(rows.Length);
        if (_rowBytes > 0)
        {
            var order = rows.ToArray();
            FillRows(batch, row => order[row]);
        }

        return Finish(batch);
    }

    // Unsigned integers lie in files and images, but the engine has none beside uint8: their bits are read as signed and then widened.
    private static DType Stored(DType dtype) => dtype switch
    {
        DType.UInt16 => DType.Int16,
        DType.UInt32 => DType.Int32,
        _ => dtype,
    };

    private static (DType Wide, long Mask)? Widening(DType dtype) => dtype switch
    {
        DType.UInt16 => (DType.Int32, 0xFFFF),
        DType.UInt32 => (DType.Int64, 0xFFFF_FFFF),
        _ => null,
    };

    private torch.Tensor Take(int count)
    {
        var shape = (long[])_shape.Clone();
        shape[0] = count;
        return torch.empty(shape, _stored);
    }

    private void FillRows(torch.Tensor batch, Func<long, long> rowOf)
    {
        var rows = batch.size(0);
        if (rows * _rowBytes <= int.MaxValue)
        {
            var bytes = batch.bytes;
            for (var row = 0; row < rows; row++)
            {
                _source.Data.Read(rowOf(row) * _rowBytes, bytes.Slice(row * _rowBytes, _rowBytes));
            }

            return;
        }

        for (var row = 0L; row < rows; row++)
        {
            using var one = batch.narrow(0, row, 1);
            _source.Data.Read(rowOf(row) * _rowBytes, one.bytes);
        }
    }

    private torch.Tensor Finish(torch.Tensor batch)
    {
        if (Widening(_source.DType) is var (wide, mask))
        {
            batch = batch.to_type(wide.ToTorch()).bitwise_and(torch.full([], mask, wide.ToTorch()));
        }

        return batch.dtype == _wanted ? batch : batch.to_type(_wanted);
    }
}
