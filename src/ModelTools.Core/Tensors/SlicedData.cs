namespace ModelTools.Tensors;

/// <summary>A part of other bytes.</summary>
/// <param name="whole">The other bytes.</param>
/// <param name="start">First byte of the part.</param>
/// <param name="length">Length of the part.</param>
internal sealed class SlicedData(TensorData whole, long start, long length) : TensorData
{
    public override long Length => length;

    public override void Read(long offset, Span<byte> destination)
    {
        CheckSlice(offset, destination.Length);
        whole.Read(start + offset, destination);
    }

    public override bool TryGetSpan(long offset, int length, out ReadOnlySpan<byte> bytes)
    {
        CheckSlice(offset, length);
        return whole.TryGetSpan(start + offset, length, out bytes);
    }

    public override TensorData Slice(long offset, long length)
    {
        CheckSlice(offset, length);
        return whole.Slice(start + offset, length);
    }
}
