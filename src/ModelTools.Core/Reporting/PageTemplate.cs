using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelTools.Reporting;

/// <summary>Puts the parts of the page together: markup, style, scripts and data.</summary>
internal static class PageTemplate
{
    // The default encoder writes <, >, & and quotes as \u…: no text of a model can end the element that holds the data.
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly string[] Scripts = ["dom.js", "layout.js", "scene.js", "graph.js", "panel.js", "table.js", "curves.js", "search.js", "page.js"];

    /// <summary>The page as UTF-8.</summary>
    public static byte[] Fill(PageData data)
    {
        var style = Resource("page.css");
        var script = $"'use strict';\n(() => {{\n{string.Concat(Scripts.Select(Resource))}}})();\n";
        var parts = new Dictionary<string, string>
        {
            ["policy"] = $"default-src 'none'; style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; base-uri 'none'; form-action 'none'",
            ["title"] = WebUtility.HtmlEncode(data.Name),
            ["style"] = style,
            ["script"] = script,
            ["data"] = JsonSerializer.Serialize(data, Json),
        };

        // Cut once at the marks: a mark inside of what is put in is only text.
        var pieces = Resource("page.html").Split("%%");
        return Encoding.UTF8.GetBytes(string.Concat(pieces.Select((piece, index) => index % 2 == 0 ? piece : parts[piece])));
    }

    /// <summary>What the content security policy knows a part by: nothing else runs or applies.</summary>
    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var stream = typeof(PageTemplate).Assembly.GetManifestResourceStream($"ModelTools.Reporting.Page.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
