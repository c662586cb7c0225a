using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5.Structure;

namespace ModelTools.Formats.Hdf5.Writing;

/// <summary>Collects the messages of an object and writes its header, version 1, in one block.</summary>
internal sealed class ObjectHeaderWriter(MetadataBuffer buffer, string location)
{
    private const int Prefix = 16;
    private const int MessageHead = 8;
    private const int LargestMessage = ushort.MaxValue & ~7;

    private readonly List<(MessageType Type, bool Constant, byte[] Body)> _messages = [];

    /// <summary>Adds a message.</summary>
    /// <param name="type">What it says.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="constant">Whether it must never change.</param>
    /// <param name="name">What to call it in an error: an attribute's name.</param>
    /// <exception cref="ModelToolsException">MT4003: it is larger than HDF5 allows.</exception>
    public void Add(MessageType type, byte[] body, bool constant = false, string? name = null)
    {
        if (body.Length > LargestMessage)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedConversion, $"The attribute '{name}' of '{location}' takes {body.Length} bytes; HDF5 allows {LargestMessage}.") { Location = location };
        }

        _messages.Add((type, constant, body));
    }

    /// <summary>Writes the header.</summary>
    /// <returns>Its address, and where the body of the last message of each type is.</returns>
    /// <exception cref="ModelToolsException">MT4003: there are more messages than HDF5 can count.</exception>
    public (int Address, Dictionary<MessageType, int> Bodies) Write()
    {
        if (_messages.Count > ushort.MaxValue)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedConversion, $"'{location}' has {_messages.Count} attributes; HDF5 allows about {ushort.MaxValue}.") { Location = location };
        }

        var size = _messages.Sum(message => (long)MessageHead + MessageEncoding.Padded(message.Body.Length));
        var header = buffer.Reserve(Prefix + size);
        buffer.At(header)[0] = 1;
        buffer.Put16(header + 2, _messages.Count);
        buffer.Put32(header + 4, 1);
        buffer.Put32(header + 8, (int)size);

        var bodies = new Dictionary<MessageType, int>();
        var position = header + Prefix;
        foreach (var (type, constant, body) in _messages)
        {
            var length = MessageEncoding.Padded(body.Length);
            buffer.Put16(position, (int)type);
            buffer.Put16(position + 2, length);
            buffer.At(position)[4] = (byte)(constant ? 1 : 0);
            body.CopyTo(buffer.At(position + MessageHead));
            bodies[type] = position + MessageHead;
            position += MessageHead + length;
        }

        return (header, bodies);
    }
}
