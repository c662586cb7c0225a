using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsData.Group, "Object")]
internal sealed class GroupObjectCommand : ObjectListCommand
{
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    [Parameter]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    [Parameter]
    public SwitchParameter AsString { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    protected override void EndProcessing()
    {
        var keys = PropertyArgument.ParseAll(Property);
        var comparison = new ObjectComparison(CaseSensitive);
        var groups = new List<(object?[] Values, Collection<PSObject> Members)>();
        foreach (var item in Input)
        {
            object?[] values = keys.Length == 0 ? [item] : Array.ConvertAll(keys, key => key.ValueOf(item));
            var members = groups.Find(group => group.Values.Zip(values).All(pair => comparison.Compare(pair.First, pair.Second) == 0)).Members;
            if (members is null)
            {
                groups.Add((values, members = []));
            }

            members.Add(item);
        }

        if (AsHashTable)
        {
            WriteObject(ToTable(groups));
            return;
        }

        foreach (var (values, members) in groups.OrderBy(group => group.Values, Comparer<object?[]>.Create((x, y) => x.Zip(y).Select(pair => comparison.Compare(pair.First, pair.Second)).FirstOrDefault(order => order != 0))))
        {
            WriteObject(ToGroup(values, members));
        }
    }

    private Hashtable ToTable(List<(object?[] Values, Collection<PSObject> Members)> groups)
    {
        var table = new Hashtable(CaseSensitive ? null : StringComparer.CurrentCultureIgnoreCase);
        foreach (var (values, members) in groups)
        {
            table[AsString || values.Length > 1 ? NameOf(values) : (values[0] is PSObject key ? key.BaseObject : values[0]) ?? ""] = members;
        }

        return table;
    }

    private PSObject ToGroup(object?[] values, Collection<PSObject> members)
    {
        var group = new PSObject();
        group.TypeNames.Insert(0, NoElement ? "Microsoft.PowerShell.Commands.GroupInfoNoElement" : "Microsoft.PowerShell.Commands.GroupInfo");
        group.Properties.Add(new PSNoteProperty("Values", values));
        group.Properties.Add(new PSNoteProperty("Count", members.Count));
        if (!NoElement)
        {
            group.Properties.Add(new PSNoteProperty("Group", members));
        }

        group.Properties.Add(new PSNoteProperty("Name", NameOf(values)));
        return group;
    }

    private static string NameOf(object?[] values) => string.Join(", ", values.Select(value => value?.ToString() ?? ""));
}
