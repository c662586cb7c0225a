namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>Messages that stand in the header of another object: types that were given a name of their own.</summary>
internal static class Shared
{
    private const string What = "shared message";

    /// <summary>Follows the pointer to the real message.</summary>
    /// <param name="image">The file.</param>
    /// <param name="body">The pointer.</param>
    /// <param name="type">What is expected there.</param>
    /// <exception cref="Diagnostics.ModelToolsException">MT1003: it is not there, or points on; MT4005: it is in the table of shared messages.</exception>
    public static ReadOnlyMemory<byte> Resolve(Hdf5Image image, ReadOnlySpan<byte> body, MessageType type)
    {
        var cursor = image.Cursor(body, What);
        var version = cursor.Version(1, 3);
        var kind = cursor.Byte();
        if (version == 1)
        {
            cursor.Skip(6);
        }
        else if (version == 3 && kind == 1)
        {
            throw image.Unsupported("The file keeps messages in a shared message table, which is not read.");
        }

        var address = cursor.Address();
        foreach (var message in ObjectHeader.Read(image, address).Messages)
        {
            if (message.Type == type)
            {
                return !message.IsShared ? message.Body : throw image.Corrupt($"The shared message at {address} points on to another one.");
            }
        }

        throw image.Corrupt($"The object at {address} does not have the message that another one shares.");
    }
}
