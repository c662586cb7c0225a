using System.Collections;
using System.Management.Automation;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsData.ConvertTo, "Json")]
internal sealed class ConvertToJsonCommand : PSCmdlet
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<object?> _input = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    [Parameter]
    public SwitchParameter AsArray { get; set; }

    protected override void ProcessRecord() => _input.Add(InputObject);

    protected override void EndProcessing()
    {
        if (_input.Count > 0)
        {
            var root = _input.Count > 1 || AsArray ? _input : _input[0];
            WriteObject(JsonSerializer.Serialize(ToNode(root, level: 0), Compress ? Compact : Indented));
        }
    }

    private JsonNode? ToNode(object? value, int level)
    {
        var inner = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (inner)
        {
            case null or DBNull:
                return null;
            case string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or DateTime or DateTimeOffset or Guid or char:
                return JsonSerializer.SerializeToNode(inner, inner.GetType());
            case Enum when !EnumsAsStrings:
                return JsonValue.Create(Convert.ToInt64(inner, null));
            case Enum or Uri or Version or Type:
                return JsonValue.Create(inner.ToString());
        }

        if (level > Depth)
        {
            return JsonValue.Create(LanguagePrimitives.ConvertTo<string>(value));
        }

        return inner switch
        {
            IDictionary table => ToObject(table.Cast<DictionaryEntry>().Select(entry => (entry.Key.ToString()!, (object?)entry.Value)), level),
            IEnumerable sequence => new JsonArray([.. sequence.Cast<object?>().Select(item => ToNode(item, level + 1))]),
            _ => ToObject(PSObject.AsPSObject(value!).Properties.Where(property => property.IsGettable).Select(property => (property.Name, (object?)property.Value)), level),
        };
    }

    private JsonObject ToObject(IEnumerable<(string Name, object? Value)> members, int level)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            result[name] = ToNode(value, level + 1);
        }

        return result;
    }
}
