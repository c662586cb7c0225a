namespace ModelTools.Tensors;

/// <summary>Bytes that a function produces when they are first asked for (decompressed, byte-swapped, joined from slices).</summary>
/// <param name="length">Length in bytes, known beforehand.</param>
/// <param name="produce">Makes the bytes; its result must have that length. Kept once parts were asked for; who takes all at once gets bytes of his own.</param>
public sealed class LazyData(long length, Func<OwnedData> produce) : TensorData
{
    private readonly Lazy<OwnedData> _data = new(produce);

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination) => _data.Value.Read(offset, destination);

    /// <inheritdoc/>
    public override bool TryGetSpan(long offset, int length, out ReadOnlySpan<byte> bytes) => _data.Value.TryGetSpan(offset, length, out bytes);

    /// <inheritdoc/>
    public override OwnedData Load(CancellationToken cancellation = default) => _data.IsValueCreated ? _data.Value : produce();

    /// <inheritdoc/>
    public override void CopyTo(Stream destination, CancellationToken cancellation = default) => Load(cancellation).CopyTo(destination, cancellation);
}
