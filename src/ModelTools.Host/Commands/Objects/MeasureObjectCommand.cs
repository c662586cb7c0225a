using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsDiagnostic.Measure, "Object")]
internal sealed class MeasureObjectCommand : ObjectListCommand
{
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter Sum { get; set; }

    [Parameter]
    public SwitchParameter Average { get; set; }

    [Parameter]
    public SwitchParameter Maximum { get; set; }

    [Parameter]
    public SwitchParameter Minimum { get; set; }

    [Parameter]
    public SwitchParameter StandardDeviation { get; set; }

    [Parameter]
    public SwitchParameter AllStats { get; set; }

    protected override void EndProcessing()
    {
        if (Property.Length == 0)
        {
            WriteObject(Measure(Input, property: null));
        }

        foreach (var property in PropertyArgument.ParseAll(Property))
        {
            WriteObject(Measure(Input.Select(property.ValueOf).Where(value => value is not null), property.Label));
        }
    }

    private PSObject Measure(IEnumerable<object?> source, string? property)
    {
        var values = source.ToList();
        var numeric = Sum || Average || StandardDeviation || AllStats;
        var numbers = numeric ? values.ConvertAll(value => LanguagePrimitives.ConvertTo<double>(value)) : [];
        var comparison = new ObjectComparison(caseSensitive: false);
        var mean = numbers.Count > 0 ? numbers.Average() : (double?)null;

        var result = new PSObject();
        result.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GenericMeasureInfo");
        Add("Count", values.Count);
        Add("Average", Average || AllStats ? mean : null);
        Add("Sum", Sum || AllStats ? numbers.Sum() : null);
        Add("Maximum", Maximum || AllStats ? Number(values.Max(comparison)) : null);
        Add("Minimum", Minimum || AllStats ? Number(values.Min(comparison)) : null);
        Add("StandardDeviation", (StandardDeviation || AllStats) && numbers.Count > 1
            ? Math.Sqrt(numbers.Sum(number => Math.Pow(number - mean!.Value, 2)) / (numbers.Count - 1)) : null);
        Add("Property", property);
        return result;

        void Add(string name, object? value) => result.Properties.Add(new PSNoteProperty(name, value));
    }

    /// <summary>Numbers are answered as double, as PowerShell's own cmdlet does; anything else as it is.</summary>
    private static object? Number(object? value)
    {
        var inner = value is PSObject wrapped ? wrapped.BaseObject : value;
        return inner is IConvertible and not (string or DateTime) ? LanguagePrimitives.ConvertTo<double>(inner) : inner;
    }
}
