using System.Globalization;
using System.Text;
using ModelTools.Diagnostics;

namespace ModelTools.Formats.Hdf5;

/// <summary>Lists of names that may be too long for one attribute, as Keras cuts them (<c>save_attributes_to_hdf5_group</c>).</summary>
internal static class ChunkedNames
{
    /// <summary>Keras's limit for one attribute, in bytes: what HDF5 allows, less room for the rest of the message.</summary>
    public const int Limit = 64512;

    private const int PointerSize = 16;

    /// <summary>Writes a list under one name, or in parts <c>name0</c>, <c>name1</c>, ... where it is too long.</summary>
    /// <remarks>Keras counts only the names' own bytes and then fails on many short ones, because a list in one part takes 16 bytes for each.</remarks>
    /// <exception cref="ModelToolsException">MT4003: one name alone is too long.</exception>
    public static void AddNames(this Hdf5AttributeList attributes, string attribute, IReadOnlyList<string> names)
    {
        var bytes = names.Select(Encoding.UTF8.GetBytes).ToArray();
        var longest = Math.Max(1, bytes.Length == 0 ? 0 : bytes.Max(name => name.Length));
        if (longest > Limit)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedConversion, $"A name in '{attribute}' is {longest} bytes long; Keras allows {Limit}.");
        }

        var parts = Parts(names.Count, Math.Max(longest, PointerSize));
        if (parts == 1)
        {
            attributes.AddTexts(attribute, names);
            return;
        }

        // The first parts get one name more where the names do not divide evenly.
        var (least, rest) = Math.DivRem(names.Count, parts);
        var start = 0;
        for (var part = 0; part < parts; part++)
        {
            var count = least + (part < rest ? 1 : 0);
            attributes.AddFixedTexts(attribute + part.ToString(CultureInfo.InvariantCulture), bytes[start..(start + count)], longest);
            start += count;
        }
    }

    /// <summary>Reads a list written under one name or in parts; null where there is neither.</summary>
    /// <exception cref="ModelToolsException">MT1003: it does not hold texts.</exception>
    public static IReadOnlyList<string>? Names(this Hdf5Object item, string attribute)
    {
        if (item.Texts(attribute) is { } whole)
        {
            return whole;
        }

        List<string>? names = null;
        for (var part = 0; item.Texts(attribute + part.ToString(CultureInfo.InvariantCulture)) is { } texts; part++)
        {
            (names ??= []).AddRange(texts);
        }

        return names;
    }

    private static int Parts(int count, int size)
    {
        var parts = 1;
        while ((long)((count + parts - 1) / parts) * size > Limit)
        {
            parts++;
        }

        return parts;
    }
}
