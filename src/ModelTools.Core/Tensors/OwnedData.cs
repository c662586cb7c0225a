using System.Runtime.InteropServices;
using ModelTools.Diagnostics;

namespace ModelTools.Tensors;

/// <summary>Bytes in memory that belong to the tensor: a managed array, or native memory above 1 GiB.</summary>
public sealed unsafe class OwnedData : TensorData
{
    private const long LargestArray = 1L << 30;

    private readonly byte[]? _array;
    private readonly NativeBlock? _block;

    private readonly long _start;

    private OwnedData(byte[]? array, NativeBlock? block, long start, long length)
    {
        _array = array;
        _block = block;
        _start = start;
        Length = length;
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>Takes memory for <paramref name="length"/> bytes, not cleared.</summary>
    /// <exception cref="ModelToolsException">MT2004: the machine has less.</exception>
    public static OwnedData Allocate(long length)
    {
        // Some systems grant what they do not have, and end the process when it is used.
        if (length > LargestArray && length > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
        {
            throw NoMemory(length);
        }

        try
        {
            return length <= LargestArray
                ? new OwnedData(GC.AllocateUninitializedArray<byte>((int)length), null, 0, length)
                : new OwnedData(null, new NativeBlock(length), 0, length);
        }
        catch (OutOfMemoryException error)
        {
            throw NoMemory(length, error);
        }
    }

    /// <summary>Uses an array as it is; the caller gives it up.</summary>
    public static OwnedData FromArray(byte[] bytes) => new(bytes, null, 0, bytes.Length);

    /// <summary>The bytes, for reading and writing.</summary>
    public Span<byte> Span(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length);
        return _array is not null ? _array.AsSpan((int)(_start + offset), length) : new Span<byte>(_block!.Pointer + _start + offset, length);
    }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination) => Span(offset, destination.Length).CopyTo(destination);

    /// <inheritdoc/>
    public override bool TryGetSpan(long offset, int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = Span(offset, length);
        return true;
    }

    /// <inheritdoc/>
    public override OwnedData Load(CancellationToken cancellation = default) => this;

    /// <inheritdoc/>
    public override OwnedData Slice(long offset, long length)
    {
        CheckSlice(offset, length);
        return new OwnedData(_array, _block, _start + offset, length);
    }

    private static ModelToolsException NoMemory(long length, OutOfMemoryException? cause = null) =>
        new(ErrorCode.SizeLimit, $"A tensor of {length} bytes does not fit into the memory of this machine.", cause) { Advice = "Use a machine with more memory, or a smaller model or batch." };

    private sealed class NativeBlock : SafeHandle
    {
        private readonly long _length;

        public NativeBlock(long length)
            : base(0, true)
        {
            SetHandle((nint)NativeMemory.AlignedAlloc((nuint)length, 64));
            _length = length;
            GC.AddMemoryPressure(length);
        }

        public byte* Pointer => (byte*)handle;

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            NativeMemory.AlignedFree((void*)handle);
            GC.RemoveMemoryPressure(_length);
            return true;
        }
    }
}
