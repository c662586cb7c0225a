namespace ModelTools.Formats.Protobuf;

/// <summary>How the value of a protocol buffer field lies on the wire (the low three bits of its tag).</summary>
internal enum ProtoWireType
{
    /// <summary>A base-128 number: integers, bools, enums.</summary>
    Varint = 0,

    /// <summary>Eight little-endian bytes: fixed64, double.</summary>
    Fixed64 = 1,

    /// <summary>A length and so many bytes: strings, bytes, messages, packed numbers.</summary>
    Bytes = 2,

    /// <summary>Four little-endian bytes: fixed32, float.</summary>
    Fixed32 = 5,
}
