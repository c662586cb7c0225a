using System.Management.Automation;
using System.Text;

namespace ModelTools.Host.Commands;

/// <summary>Encodings under the names that PowerShell gives them.</summary>
internal static class TextEncodings
{
    public static Encoding Default { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public static Encoding Find(string name) => name.ToLowerInvariant() switch
    {
        "utf8" or "utf8nobom" or "utf-8" or "default" => Default,
        "utf8bom" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        "ascii" => Encoding.ASCII,
        "unicode" => Encoding.Unicode,
        "bigendianunicode" => Encoding.BigEndianUnicode,
        "utf32" => Encoding.UTF32,
        "latin1" => Encoding.Latin1,
        _ => throw new PSArgumentException($"The encoding '{name}' is not known."),
    };
}
