using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using ModelTools.Diagnostics;

namespace ModelTools.Formats.Protobuf;

/// <summary>Reads a protocol buffer message field by field, without copies, and trusts no length in it.</summary>
/// <remarks>
/// <code>
/// while (reader.Next())
/// {
///     switch (reader.Field)
///     {
///         case 1: name = reader.String(); break;
///         case 2: ReadNode(reader.Message()); break;
///     }
/// }
/// </code>
/// A field that is not asked for is passed over. Damage is the caller's code (MT1004, MT1005, ...); too deep nesting is MT2007.
/// </remarks>
internal ref struct ProtoReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ErrorCode _damage;
    private readonly string _what;
    private readonly int _depth;
    private readonly int _origin;
    private int _position;
    private ProtoWireType _type;
    private bool _pending;

    /// <summary>Starts at the beginning of a message.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="damage">The code of an error in the bytes.</param>
    /// <param name="what">What is being read, for messages: <c>the object graph</c>.</param>
    /// <param name="depth">How many levels of messages may lie inside.</param>
    public ProtoReader(ReadOnlySpan<byte> bytes, ErrorCode damage, string what, int depth = 128)
        : this(bytes, damage, what, depth, 0)
    {
    }

    private ProtoReader(ReadOnlySpan<byte> bytes, ErrorCode damage, string what, int depth, int origin)
    {
        _bytes = bytes;
        _damage = damage;
        _what = what;
        _depth = depth;
        _origin = origin;
    }

    /// <summary>Number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Wire type of the current field.</summary>
    public readonly ProtoWireType Type => _type;

    /// <summary>Bytes of the whole message.</summary>
    public readonly ReadOnlySpan<byte> Whole => _bytes;

    /// <summary>Goes to the next field; false at the end of the message.</summary>
    public bool Next()
    {
        if (_pending)
        {
            Skip();
        }

        if (_position == _bytes.Length)
        {
            return false;
        }

        var tag = RawVarint();
        if (tag is < 8 or > uint.MaxValue)
        {
            throw Damaged("a field has no valid number");
        }

        Field = (int)(tag >> 3);
        _type = (ProtoWireType)(tag & 7);
        if (_type is not (ProtoWireType.Varint or ProtoWireType.Fixed64 or ProtoWireType.Bytes or ProtoWireType.Fixed32))
        {
            throw Damaged($"field {Field} has the unknown wire type {(int)_type}");
        }

        _pending = true;
        return true;
    }

    /// <summary>An unsigned number.</summary>
    public ulong UInt64()
    {
        Take(ProtoWireType.Varint);
        return RawVarint();
    }

    /// <summary>A signed number.</summary>
    public long Int64() => (long)UInt64();

    /// <summary>A signed number or an enum; cut to 32 bits as protobuf does.</summary>
    public int Int32() => (int)UInt64();

    /// <summary>A zig-zag number (<c>sint64</c>).</summary>
    public long SInt64()
    {
        var raw = UInt64();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    /// <summary>A truth value.</summary>
    public bool Bool() => UInt64() != 0;

    /// <summary>Four raw bytes.</summary>
    public uint Fixed32()
    {
        Take(ProtoWireType.Fixed32);
        return BinaryPrimitives.ReadUInt32LittleEndian(Raw(4));
    }

    /// <summary>Eight raw bytes.</summary>
    public ulong Fixed64()
    {
        Take(ProtoWireType.Fixed64);
        return BinaryPrimitives.ReadUInt64LittleEndian(Raw(8));
    }

    /// <summary>A single-precision number.</summary>
    public float Float() => BitConverter.UInt32BitsToSingle(Fixed32());

    /// <summary>A double-precision number.</summary>
    public double Double() => BitConverter.UInt64BitsToDouble(Fixed64());

    /// <summary>Bytes, as a view of the message.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        Take(ProtoWireType.Bytes);
        return RawBytes();
    }

    /// <summary>Text, which must be UTF-8.</summary>
    public string String()
    {
        try
        {
            return StrictUtf8.GetString(Bytes());
        }
        catch (DecoderFallbackException)
        {
            throw Damaged($"field {Field} is not text");
        }
    }

    /// <summary>A message inside this one.</summary>
    /// <exception cref="ModelToolsException">MT2007: nested too deeply.</exception>
    public ProtoReader Message()
    {
        var bytes = Bytes();
        if (_depth <= 0)
        {
            throw new ModelToolsException(ErrorCode.StructureLimit, $"Messages are nested too deeply in {_what}.");
        }

        return new ProtoReader(bytes, _damage, _what, _depth - 1, _origin + _position - bytes.Length);
    }

    /// <summary>An entry of a <c>map&lt;string, message&gt;</c>.</summary>
    public ProtoReader MessageEntry(out string key)
    {
        var entry = Message();
        key = string.Empty;
        var value = new ProtoReader([], _damage, _what, _depth - 1, entry._origin);
        while (entry.Next())
        {
            switch (entry.Field)
            {
                case 1: key = entry.String(); break;
                case 2: value = entry.Message(); break;
            }
        }

        return value;
    }

    /// <summary>An entry of a <c>map&lt;string, string&gt;</c>.</summary>
    public KeyValuePair<string, string> StringEntry()
    {
        var entry = Message();
        string key = string.Empty, value = string.Empty;
        while (entry.Next())
        {
            switch (entry.Field)
            {
                case 1: key = entry.String(); break;
                case 2: value = entry.String(); break;
            }
        }

        return new(key, value);
    }

    /// <summary>Numbers of a repeated integer field, packed or one by one, added to a list.</summary>
    public void AppendInt64(ICollection<long> numbers)
    {
        if (_type != ProtoWireType.Bytes)
        {
            numbers.Add(Int64());
            return;
        }

        var end = PackedEnd(1);
        while (_position < end)
        {
            numbers.Add((long)RawVarint());
        }

        if (_position != end)
        {
            throw Damaged($"the last number of field {Field} is cut off");
        }
    }

    /// <summary>Numbers of a repeated float field, packed or one by one, added to a list.</summary>
    public void AppendFloat(List<float> numbers)
    {
        if (_type != ProtoWireType.Bytes)
        {
            numbers.Add(Float());
            return;
        }

        var end = PackedEnd(4);
        foreach (var bits in MemoryMarshal.Cast<byte, uint>(_bytes[_position..end]))
        {
            numbers.Add(BitConverter.UInt32BitsToSingle(BitConverter.IsLittleEndian ? bits : BinaryPrimitives.ReverseEndianness(bits)));
        }

        _position = end;
    }

    /// <summary>Numbers of a repeated double field, packed or one by one, added to a list.</summary>
    public void AppendDouble(List<double> numbers)
    {
        if (_type != ProtoWireType.Bytes)
        {
            numbers.Add(Double());
            return;
        }

        var end = PackedEnd(8);
        foreach (var bits in MemoryMarshal.Cast<byte, ulong>(_bytes[_position..end]))
        {
            numbers.Add(BitConverter.UInt64BitsToDouble(BitConverter.IsLittleEndian ? bits : BinaryPrimitives.ReverseEndianness(bits)));
        }

        _position = end;
    }

    /// <summary>An error that says the message is damaged and where.</summary>
    public readonly ModelToolsException Damaged(string why) =>
        new(_damage, $"The message of {_what} is damaged at byte {(long)_origin + _position}: {why}.");

    private void Skip()
    {
        _pending = false;
        switch (_type)
        {
            case ProtoWireType.Varint: RawVarint(); break;
            case ProtoWireType.Fixed64: Raw(8); break;
            case ProtoWireType.Bytes: RawBytes(); break;
            default: Raw(4); break;
        }
    }

    private void Take(ProtoWireType type)
    {
        if (!_pending || _type != type)
        {
            throw Damaged($"field {Field} has the wire type {_type} where {type} is expected");
        }

        _pending = false;
    }

    private int PackedEnd(int size)
    {
        var bytes = Bytes();
        if (bytes.Length % size != 0)
        {
            throw Damaged($"field {Field} holds {bytes.Length} bytes of numbers of {size} bytes");
        }

        var end = _position;
        _position -= bytes.Length;
        return end;
    }

    private ReadOnlySpan<byte> RawBytes()
    {
        var length = RawVarint();
        if (length > (ulong)(_bytes.Length - _position))
        {
            throw Damaged($"field {Field} is said to hold {length} bytes, {_bytes.Length - _position} are left");
        }

        return Raw((int)length);
    }

    private ReadOnlySpan<byte> Raw(int count)
    {
        if (count > _bytes.Length - _position)
        {
            throw Damaged("it ends in the middle of a field");
        }

        _position += count;
        return _bytes.Slice(_position - count, count);
    }

    private ulong RawVarint()
    {
        if (!Varint.TryRead(_bytes[_position..], out var value, out var length))
        {
            throw Damaged("a number is cut off or too long");
        }

        _position += length;
        return value;
    }
}
