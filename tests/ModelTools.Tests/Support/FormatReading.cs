using ModelTools.Formats;
using ModelTools.Models;

namespace ModelTools.Tests.Support;

/// <summary>Reads with one format, whatever the content is taken for.</summary>
internal static class FormatReading
{
    public static Model Read(this IModelFormat format, string path, ModelReadOptions options)
    {
        using var open = format.Open(path, options);
        return open.Load(options);
    }
}
