using System.Buffers.Binary;
using System.Text;
using ModelTools.Diagnostics;

namespace ModelTools.Formats.Protobuf;

/// <summary>Writes a protocol buffer message into memory: the same calls give the same bytes.</summary>
/// <remarks>
/// Numbers and text that equal the default are left out, as proto3 does, unless <c>always</c> is set (members of a oneof and
/// elements of a repeated field have presence). A message is written even when it stays empty. Fields should be written in
/// ascending order, which is what every other writer does.
/// <code>
/// using (writer.Message(1))
/// {
///     writer.String(1, name);
/// }
/// </code>
/// </remarks>
internal sealed class ProtoWriter
{
    private byte[] _buffer;
    private int _length;

    /// <summary>Starts an empty message.</summary>
    /// <param name="capacity">Bytes expected; more are taken when needed.</param>
    public ProtoWriter(int capacity = 256)
    {
        _buffer = new byte[capacity];
    }

    /// <summary>Bytes written so far.</summary>
    public int Length => _length;

    /// <summary>The bytes written so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>A copy of the bytes written so far.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>Forgets everything written; the memory is kept.</summary>
    public void Clear() => _length = 0;

    /// <summary>A signed number or an enum; negative ones take ten bytes, as protobuf has it.</summary>
    public void Int64(int field, long value, bool always = false)
    {
        if (value != 0 || always)
        {
            Tag(field, ProtoWireType.Varint);
            Raw((ulong)value);
        }
    }

    /// <summary>An unsigned number.</summary>
    public void UInt64(int field, ulong value, bool always = false) => Int64(field, (long)value, always);

    /// <summary>A zig-zag number (<c>sint64</c>).</summary>
    public void SInt64(int field, long value, bool always = false) => Int64(field, (value << 1) ^ (value >> 63), always);

    /// <summary>A truth value.</summary>
    public void Bool(int field, bool value, bool always = false) => Int64(field, value ? 1 : 0, always);

    /// <summary>Four raw bytes.</summary>
    public void Fixed32(int field, uint value, bool always = false)
    {
        if (value != 0 || always)
        {
            Tag(field, ProtoWireType.Fixed32);
            BinaryPrimitives.WriteUInt32LittleEndian(Grow(4), value);
        }
    }

    /// <summary>Eight raw bytes.</summary>
    public void Fixed64(int field, ulong value, bool always = false)
    {
        if (value != 0 || always)
        {
            Tag(field, ProtoWireType.Fixed64);
            BinaryPrimitives.WriteUInt64LittleEndian(Grow(8), value);
        }
    }

    /// <summary>A single-precision number; only +0 is a default.</summary>
    public void Float(int field, float value, bool always = false) => Fixed32(field, BitConverter.SingleToUInt32Bits(value), always);

    /// <summary>A double-precision number; only +0 is a default.</summary>
    public void Double(int field, double value, bool always = false) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value), always);

    /// <summary>Bytes.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value, bool always = false)
    {
        if (value.Length > 0 || always)
        {
            value.CopyTo(Reserve(field, value.Length));
        }
    }

    /// <summary>A field of bytes that the caller fills in place, before the next write.</summary>
    public Span<byte> Reserve(int field, int length)
    {
        Tag(field, ProtoWireType.Bytes);
        Raw((ulong)length);
        return Grow(length);
    }

    /// <summary>Text.</summary>
    public void String(int field, string value, bool always = false)
    {
        if (value.Length > 0 || always)
        {
            Encoding.UTF8.GetBytes(value, Reserve(field, Encoding.UTF8.GetByteCount(value)));
        }
    }

    /// <summary>A repeated text field, every element present.</summary>
    public void Strings(int field, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            String(field, value, always: true);
        }
    }

    /// <summary>A packed list of integers; nothing when it is empty.</summary>
    public void PackedInt64(int field, IReadOnlyCollection<long> values)
    {
        if (values.Count > 0)
        {
            Tag(field, ProtoWireType.Bytes);
            Raw((ulong)values.Sum(value => (long)Varint.Length((ulong)value)));
            foreach (var value in values)
            {
                Raw((ulong)value);
            }
        }
    }

    /// <summary>A packed list of single-precision numbers; nothing when it is empty.</summary>
    public void PackedFloat(int field, ReadOnlySpan<float> values)
    {
        if (values.Length > 0)
        {
            var target = Reserve(field, checked(values.Length * 4));
            for (var i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(target[(4 * i)..], values[i]);
            }
        }
    }

    /// <summary>A message inside this one: everything written until the result is disposed.</summary>
    public Scope Message(int field)
    {
        Tag(field, ProtoWireType.Bytes);
        Grow(1);
        return new Scope(this, _length, 0);
    }

    /// <summary>An entry of a <c>map&lt;string, message&gt;</c>: the message is what is written until the result is disposed.</summary>
    /// <remarks>Entries should be written in ordinal order of their keys: <see cref="Map"/> does that.</remarks>
    public Scope MessageEntry(int field, string key)
    {
        Tag(field, ProtoWireType.Bytes);
        Grow(1);
        var entry = _length;
        String(1, key, always: true);
        Tag(2, ProtoWireType.Bytes);
        Grow(1);
        return new Scope(this, _length, entry);
    }

    /// <summary>An entry of a <c>map&lt;string, string&gt;</c>.</summary>
    public void StringEntry(int field, string key, string value)
    {
        using (Message(field))
        {
            String(1, key, always: true);
            String(2, value, always: true);
        }
    }

    /// <summary>A <c>map&lt;string, message&gt;</c> in ordinal order of its keys.</summary>
    public void Map<T>(int field, IEnumerable<KeyValuePair<string, T>> entries, Action<ProtoWriter, T> writeValue)
    {
        foreach (var (key, value) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            using (MessageEntry(field, key))
            {
                writeValue(this, value);
            }
        }
    }

    private void Tag(int field, ProtoWireType type) => Raw(((ulong)field << 3) | (uint)type);

    private void Raw(ulong value)
    {
        var taken = Grow(Varint.Length(value));
        Varint.Write(taken, value);
    }

    /// <summary>Ends a message that starts at a position, one byte before which is kept for its length.</summary>
    private void End(int start)
    {
        var length = _length - start;
        var extra = Varint.Length((ulong)length) - 1;
        if (extra > 0)
        {
            Grow(extra);
            _buffer.AsSpan(start, length).CopyTo(_buffer.AsSpan(start + extra));
        }

        Varint.Write(_buffer.AsSpan(start - 1), (ulong)length);
    }

    private Span<byte> Grow(int count)
    {
        var needed = (long)_length + count;
        if (needed > Array.MaxLength)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedConversion, "A protocol buffer message cannot exceed 2 GiB; this model's graph does.");
        }

        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Math.Max(needed, _buffer.Length * 2L), Array.MaxLength));
        }

        _length = (int)needed;
        return _buffer.AsSpan(_length - count, count);
    }

    /// <summary>An open message; disposing ends it.</summary>
    public readonly ref struct Scope
    {
        private readonly ProtoWriter _writer;
        private readonly int _start;
        private readonly int _entry;

        internal Scope(ProtoWriter writer, int start, int entry)
        {
            _writer = writer;
            _start = start;
            _entry = entry;
        }

        /// <summary>Ends the message.</summary>
        public void Dispose()
        {
            _writer.End(_start);
            if (_entry > 0)
            {
                _writer.End(_entry);
            }
        }
    }
}
