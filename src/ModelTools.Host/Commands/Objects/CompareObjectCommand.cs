using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsData.Compare, "Object")]
internal sealed class CompareObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _differences = [];

    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; } = [];

    [Parameter]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    [Parameter]
    public SwitchParameter ExcludeDifferent { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    protected override void ProcessRecord() => _differences.AddRange(DifferenceObject);

    protected override void EndProcessing()
    {
        var keys = PropertyArgument.ParseAll(Property);
        var unmatched = ReferenceObject.ToList();
        var added = new List<PSObject>();
        foreach (var item in _differences)
        {
            var match = unmatched.FindIndex(reference => Matches(reference, item, keys));
            if (match < 0)
            {
                added.Add(item);
                continue;
            }

            if (IncludeEqual)
            {
                Write(unmatched[match], keys, "==");
            }

            unmatched.RemoveAt(match);
        }

        if (!ExcludeDifferent)
        {
            added.ForEach(item => Write(item, keys, "=>"));
            unmatched.ForEach(item => Write(item, keys, "<="));
        }
    }

    private bool Matches(PSObject first, PSObject second, PropertyArgument[] keys) => keys.Length == 0
        ? ObjectComparison.AreSame(first, second, CaseSensitive)
        : Array.TrueForAll(keys, key => new ObjectComparison(CaseSensitive).Compare(key.ValueOf(first), key.ValueOf(second)) == 0);

    private void Write(PSObject item, PropertyArgument[] keys, string side)
    {
        var output = PassThru ? item : new PSObject();
        if (!PassThru && keys.Length == 0)
        {
            output.Properties.Add(new PSNoteProperty("InputObject", item));
        }
        else if (!PassThru)
        {
            Array.ForEach(keys, key => output.Properties.Add(new PSNoteProperty(key.Label, key.ValueOf(item))));
        }

        output.Properties.Add(new PSNoteProperty("SideIndicator", side));
        WriteObject(output);
    }
}
