using System.Globalization;
using System.Text.RegularExpressions;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>Inputs and outputs as people type them: <c>images: float32[?, 784]</c>.</summary>
public static partial class SignatureText
{
    /// <summary>Takes such texts apart; several may stand in one, separated by semicolons.</summary>
    /// <param name="text">Names are optional; open extents are <c>?</c>, <c>None</c> or <c>-1</c>.</param>
    /// <exception cref="ModelToolsException">MT6004: it is not such a text.</exception>
    public static IReadOnlyList<TensorSpec> Parse(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne)];

    /// <summary>The text of an input or output.</summary>
    /// <param name="spec">Type, shape and name.</param>
    public static string Format(TensorSpec spec)
    {
        var shape = string.Join(", ", spec.Shape.Select(extent => extent < 0 ? "?" : extent.ToString(CultureInfo.InvariantCulture)));
        return $"{(spec.Name is null ? "" : $"{spec.Name}: ")}{spec.DType.Name()}[{shape}]";
    }

    private static TensorSpec ParseOne(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success || !DTypes.TryParse(match.Groups["type"].Value, out var dtype))
        {
            throw NotASignature(text);
        }

        var extents = match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var name = match.Groups["name"];
        return new TensorSpec(dtype, [.. extents.Select(extent => Extent(extent, text))], name.Success ? name.Value : null);
    }

    private static long Extent(string extent, string text) =>
        extent is "?" or "-1" || extent.Equals("None", StringComparison.OrdinalIgnoreCase) ? Shape.Unknown
        : long.TryParse(extent, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw NotASignature(text);

    private static ModelToolsException NotASignature(string text) => new(ErrorCode.InvalidArgument, $"'{text}' does not describe an input or output.")
    {
        Advice = "Write it as 'images: float32[?, 784]': name (optional), type, and shape with the batch axis.",
    };

    [GeneratedRegex(@"^(?:(?<name>[^\[\]]+?)\s*:\s*)?(?<type>\w+)\s*[\[(](?<shape>[^\])]*)[\])]$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
