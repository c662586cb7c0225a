using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = "Number")]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5394", Justification = "Random numbers of scripts are not secrets.")]
internal sealed class GetRandomCommand : PSCmdlet
{
    private static Random s_random = new();

    private readonly List<object?> _items = [];

    [Parameter(ParameterSetName = "Number")]
    public object Minimum { get; set; } = 0;

    [Parameter(Position = 0, ParameterSetName = "Number")]
    public object Maximum { get; set; } = int.MaxValue;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Choice", ValueFromPipeline = true)]
    [AllowNull]
    public object?[]? InputObject { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    [Parameter]
    public int SetSeed { get; set; }

    protected override void BeginProcessing()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(SetSeed)))
        {
            s_random = new Random(SetSeed);
        }
    }

    protected override void ProcessRecord() => _items.AddRange(InputObject ?? []);

    protected override void EndProcessing()
    {
        if (ParameterSetName == "Choice")
        {
            var items = _items.ToArray();
            s_random.Shuffle(items);
            WriteObject(items.Take(Count), enumerateCollection: true);
            return;
        }

        for (var index = 0; index < Count; index++)
        {
            WriteObject(Number());
        }
    }

    private object Number()
    {
        var (minimum, maximum) = (LanguagePrimitives.ConvertTo<double>(Minimum), LanguagePrimitives.ConvertTo<double>(Maximum));
        if (minimum >= maximum)
        {
            throw new PSArgumentException($"The Minimum value ({minimum}) cannot be greater than or equal to the Maximum value ({maximum}).");
        }

        return IsFraction(Minimum) || IsFraction(Maximum)
            ? minimum + (s_random.NextDouble() * (maximum - minimum))
            : maximum <= int.MaxValue && minimum >= int.MinValue ? s_random.Next((int)minimum, (int)maximum) : s_random.NextInt64((long)minimum, (long)maximum);
    }

    private static bool IsFraction(object value) => (value is PSObject wrapped ? wrapped.BaseObject : value) is double or float;
}
