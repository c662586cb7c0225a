using System.Buffers.Binary;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Writes tensors one behind the other into a data file, summing them on the way, and then the index over them.</summary>
/// <param name="data">The data file, empty.</param>
internal sealed class BundleWriter(Stream data)
{
    private const int Step = 512 << 10;

    private readonly List<(byte[] Key, BundleEntry Entry)> _entries = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private byte[]? _buffer;
    private long _position;

    /// <summary>Writes a tensor.</summary>
    /// <exception cref="ModelToolsException">MT6004: the name is empty, begins with a zero, or was used before.</exception>
    public void Add(string name, Tensor tensor, CancellationToken cancellation)
    {
        if (name.Length == 0 || name[0] == '\0' || !_names.Add(name))
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"A checkpoint cannot hold a tensor called '{name}' (empty, binary, or there already).") { Location = name };
        }

        var start = _position;
        var crc = tensor.Data is StringData text ? WriteStrings(text.Elements) : WriteBytes(tensor.Data, cancellation);
        _entries.Add((Encoding.UTF8.GetBytes(name), new BundleEntry
        {
            DataType = TensorFlowDType.Number(tensor.DType),
            Shape = tensor.Shape,
            Offset = start,
            Size = _position - start,
            Checksum = Crc32C.Mask(crc),
        }));
    }

    /// <summary>Writes the index.</summary>
    public void WriteIndex(Stream index)
    {
        var table = new TableWriter(index);
        var value = new ProtoWriter();
        new BundleHeader(1, BigEndian: false).Write(value);
        table.Add([], value.Written);
        _entries.Sort((a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        foreach (var (key, entry) in _entries)
        {
            value.Clear();
            entry.Write(value);
            table.Add(key, value.Written);
        }

        table.Finish();
    }

    private uint WriteBytes(TensorData source, CancellationToken cancellation)
    {
        // What is in memory is summed by another processor while this one waits for the file.
        var sum = source is OwnedData owned && source.Length > Step ? Task.Run(() => Sum(owned), cancellation) : null;
        var crc = 0u;
        for (var offset = 0L; offset < source.Length; offset += Step)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = (int)Math.Min(Step, source.Length - offset);
            if (!source.TryGetSpan(offset, length, out var bytes))
            {
                _buffer ??= new byte[Step];
                source.Read(offset, _buffer.AsSpan(0, length));
                bytes = _buffer.AsSpan(0, length);
            }

            crc = sum is null ? Crc32C.Append(crc, bytes) : crc;
            Write(bytes);
        }

        return sum?.GetAwaiter().GetResult() ?? crc;
    }

    private static uint Sum(OwnedData memory)
    {
        var crc = 0u;
        for (var offset = 0L; offset < memory.Length; offset += Step)
        {
            crc = Crc32C.Append(crc, memory.Span(offset, (int)Math.Min(Step, memory.Length - offset)));
        }

        return crc;
    }

    private uint WriteStrings(IReadOnlyList<byte[]> elements)
    {
        var crc = 0u;
        Span<byte> number = stackalloc byte[Varint.MaximumLength];
        foreach (var element in elements)
        {
            Write(number[..Varint.Write(number, (ulong)element.Length)]);
            crc = BundleStrings.AppendLength(crc, (ulong)element.Length, bigEndian: false);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(number, Crc32C.Mask(crc));
        crc = Crc32C.Append(crc, number[..sizeof(uint)]);
        Write(number[..sizeof(uint)]);
        foreach (var element in elements)
        {
            crc = Crc32C.Append(crc, element);
            Write(element);
        }

        return crc;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        data.Write(bytes);
        _position += bytes.Length;
    }
}
