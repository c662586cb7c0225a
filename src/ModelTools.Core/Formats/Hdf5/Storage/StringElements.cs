using ModelTools.Formats.Hdf5.Structure;

namespace ModelTools.Formats.Hdf5.Storage;

/// <summary>Reads elements that are text, of fixed or variable length.</summary>
internal static class StringElements
{
    /// <summary>The bytes of each text, without padding.</summary>
    /// <param name="image">The file.</param>
    /// <param name="type">How they are stored.</param>
    /// <param name="bytes">The stored elements.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="location">Whose they are, for messages.</param>
    /// <exception cref="Diagnostics.ModelToolsException">MT1003: damaged; MT2004: longer than the file.</exception>
    public static byte[][] Read(Hdf5Image image, Datatype type, ReadOnlySpan<byte> bytes, int count, string location)
    {
        if (type.IsHeapString)
        {
            return image.GlobalHeap.Read(bytes, count, location);
        }

        var texts = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            texts[i] = Trim(bytes.Slice(i * type.Size, type.Size), type.Padding).ToArray();
        }

        return texts;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text, StringPadding padding)
    {
        if (padding == StringPadding.NullTerminated)
        {
            var end = text.IndexOf((byte)0);
            return end < 0 ? text : text[..end];
        }

        return text.TrimEnd(padding == StringPadding.SpacePadded ? (byte)' ' : (byte)0);
    }
}
