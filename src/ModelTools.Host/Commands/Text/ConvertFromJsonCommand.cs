using System.Collections.Specialized;
using System.Management.Automation;
using System.Text.Json;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsData.ConvertFrom, "Json")]
internal sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 1024;

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord() => _lines.Add(InputObject);

    protected override void EndProcessing()
    {
        try
        {
            using var document = JsonDocument.Parse(
                string.Join('\n', _lines), new JsonDocumentOptions { MaxDepth = Depth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            WriteObject(ToValue(document.RootElement), !NoEnumerate);
        }
        catch (JsonException error)
        {
            ThrowTerminatingError(new ErrorRecord(new ArgumentException($"Conversion from JSON failed with error: {error.Message}", error), "InvalidJson", ErrorCategory.InvalidData, null));
        }
    }

    private object? ToValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ToObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(ToValue).ToArray(),
        JsonValueKind.String => element.TryGetDateTime(out var date) && element.GetString()!.Contains('T', StringComparison.Ordinal) ? date : element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private object ToObject(JsonElement element)
    {
        if (AsHashtable)
        {
            var table = new OrderedDictionary(StringComparer.Ordinal);
            foreach (var member in element.EnumerateObject())
            {
                table[member.Name] = ToValue(member.Value);
            }

            return table;
        }

        var result = new PSObject();
        foreach (var member in element.EnumerateObject())
        {
            result.Properties.Add(new PSNoteProperty(member.Name, ToValue(member.Value)));
        }

        return result;
    }
}
