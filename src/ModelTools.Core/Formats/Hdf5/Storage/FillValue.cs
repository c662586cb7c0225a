using ModelTools.Formats.Hdf5.Structure;

namespace ModelTools.Formats.Hdf5.Storage;

/// <summary>What elements hold that were never written.</summary>
internal static class FillValue
{
    private const string What = "fill value";

    /// <summary>The bytes of one element; empty for zero.</summary>
    /// <exception cref="Diagnostics.ModelToolsException">MT1003: damaged.</exception>
    public static ReadOnlyMemory<byte> Read(Hdf5Image image, ObjectHeader header)
    {
        if (header.Find(MessageType.FillValue) is { } body)
        {
            var cursor = image.Cursor(body.Span, What);
            bool defined;
            if (cursor.Version(1, 3) < 3)
            {
                cursor.Skip(2);
                defined = cursor.Byte() != 0;
            }
            else
            {
                defined = (cursor.Byte() & 0x20) != 0;
            }

            return defined ? Value(ref cursor, body) : default;
        }

        if (header.Find(MessageType.OldFillValue) is { } old)
        {
            var cursor = image.Cursor(old.Span, What);
            return Value(ref cursor, old);
        }

        return default;
    }

    private static ReadOnlyMemory<byte> Value(ref Hdf5Cursor cursor, ReadOnlyMemory<byte> body)
    {
        var size = cursor.UInt32();
        var start = cursor.Position;
        cursor.Skip(size);
        return body.Slice(start, (int)size);
    }
}
