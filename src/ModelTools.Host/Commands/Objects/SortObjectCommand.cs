using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet("Sort", "Object")]
internal sealed class SortObjectCommand : ObjectListCommand
{
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter Stable { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Bottom { get; set; }

    protected override void EndProcessing()
    {
        var comparison = new ObjectComparison(CaseSensitive);
        var keys = PropertyArgument.ParseAll(Property);
        var sorted = Sort(keys, comparison);
        if (Unique)
        {
            sorted = DropRepeated(sorted, keys, comparison);
        }

        var result = sorted.ToList();
        WriteObject(Top > 0 ? result.Take(Top) : Bottom > 0 ? result.TakeLast(Bottom) : result, enumerateCollection: true);
    }

    private IEnumerable<PSObject> Sort(PropertyArgument[] keys, ObjectComparison comparison)
    {
        if (keys.Length == 0)
        {
            return Descending ? Input.OrderByDescending(item => (object?)item, comparison) : Input.OrderBy(item => (object?)item, comparison);
        }

        var sorted = Input.OrderBy(_ => 0);
        foreach (var key in keys)
        {
            sorted = key.Descending ?? Descending ? sorted.ThenByDescending(key.ValueOf, comparison) : sorted.ThenBy(key.ValueOf, comparison);
        }

        return sorted;
    }

    private static IEnumerable<PSObject> DropRepeated(IEnumerable<PSObject> sorted, PropertyArgument[] keys, ObjectComparison comparison)
    {
        PSObject? previous = null;
        foreach (var item in sorted)
        {
            var repeated = previous is not null && (keys.Length == 0
                ? comparison.Compare(previous, item) == 0
                : Array.TrueForAll(keys, key => comparison.Compare(key.ValueOf(previous), key.ValueOf(item)) == 0));
            if (!repeated)
            {
                yield return item;
            }

            previous = item;
        }
    }
}
