using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsCommon.Select, "Object")]
internal sealed class SelectObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _seen = [];
    private readonly Queue<PSObject> _held = new();
    private PropertyArgument[] _properties = [];
    private WildcardPattern[] _excluded = [];
    private int _index = -1;
    private int _written;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public string[] ExcludeProperty { get; set; } = [];

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int SkipLast { get; set; }

    [Parameter]
    public int[] Index { get; set; } = [];

    [Parameter]
    public SwitchParameter Wait { get; set; }

    private bool HasFirst => MyInvocation.BoundParameters.ContainsKey(nameof(First));

    private bool HasLast => MyInvocation.BoundParameters.ContainsKey(nameof(Last));

    protected override void BeginProcessing()
    {
        _properties = PropertyArgument.ParseAll(Property.Length == 0 && ExcludeProperty.Length > 0 ? ["*"] : Property);
        _excluded = [.. ExcludeProperty.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase))];
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        _index++;
        if (Index.Length > 0)
        {
            if (Index.Contains(_index))
            {
                Emit(InputObject);
            }

            return;
        }

        if (HasLast || SkipLast > 0)
        {
            Hold(InputObject);
        }
        else if (_index >= Skip && (!HasFirst || _written < First))
        {
            _written++;
            Emit(InputObject);
        }

        if (HasFirst && !HasLast && _written >= First && !Wait)
        {
            throw EngineInternals.StopUpstream(this);
        }
    }

    protected override void EndProcessing()
    {
        if (!HasLast)
        {
            return;
        }

        while (_held.TryDequeue(out var held))
        {
            Emit(held);
        }
    }

    private void Hold(PSObject input)
    {
        if (HasFirst && _written < First)
        {
            _written++;
            Emit(input);
            return;
        }

        _held.Enqueue(input);
        if (HasLast && _held.Count > Last + Skip)
        {
            _held.Dequeue();
        }
        else if (SkipLast > 0 && _held.Count > SkipLast)
        {
            Emit(_held.Dequeue());
        }
    }

    private void Emit(PSObject input)
    {
        foreach (var output in Shape(input))
        {
            if (!Unique || IsNew(output))
            {
                WriteObject(output);
            }
        }
    }

    private bool IsNew(PSObject output)
    {
        if (_seen.Exists(known => ObjectComparison.AreSame(known, output)))
        {
            return false;
        }

        _seen.Add(output);
        return true;
    }

    private IEnumerable<PSObject> Shape(PSObject input)
    {
        if (ExpandProperty is not null)
        {
            return Expand(input, ExpandProperty);
        }

        return [_properties.Length > 0 ? Project(input) : input];
    }

    private PSObject Project(PSObject input)
    {
        var output = new PSObject();
        output.TypeNames.Insert(0, "Selected." + input.BaseObject.GetType());
        CopyProperties(input, output);
        return output;
    }

    private void CopyProperties(PSObject input, PSObject output)
    {
        foreach (var property in _properties)
        {
            var names = property.Expression.Script is null ? property.Expression.ResolveNames(input) : [property.Expression];
            if (names.Count == 0 && !property.Expression.HasWildCardCharacters)
            {
                Add(output, property.Label, null);
            }

            foreach (var name in names)
            {
                var value = name.GetValues(input) is [{ Exception: null } first, ..] ? first.Result : null;
                Add(output, property.Expression.HasWildCardCharacters ? name.ToString() : property.Label, value);
            }
        }
    }

    private void Add(PSObject output, string name, object? value)
    {
        if (!Array.Exists(_excluded, pattern => pattern.IsMatch(name)) && output.Properties[name] is null)
        {
            output.Properties.Add(new PSNoteProperty(name, value));
        }
    }

    private IEnumerable<PSObject> Expand(PSObject input, string name)
    {
        if (new PSPropertyExpression(name).GetValues(input) is not [{ Exception: null } found, ..])
        {
            WriteError(new ErrorRecord(
                new PSArgumentException($"Property \"{name}\" cannot be found."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, input));
            yield break;
        }

        var values = LanguagePrimitives.GetEnumerable(found.Result) ?? new[] { found.Result };
        foreach (var value in values.Cast<object?>().Where(value => value is not null))
        {
            var output = PSObject.AsPSObject(value!);
            CopyProperties(input, output);
            yield return output;
        }
    }
}
