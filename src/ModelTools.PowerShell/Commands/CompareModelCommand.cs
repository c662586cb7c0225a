using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Formats;
using ModelTools.Infrastructure;
using ModelTools.Models;
using ModelTools.Parameters;
using ModelTools.Validation;

namespace ModelTools.Commands;

/// <summary>Compare-Model: tells what two models have apart, whatever containers they come from.</summary>
[Cmdlet(VerbsData.Compare, "Model")]
[OutputType(typeof(ModelComparison))]
public sealed class CompareModelCommand : ModelToolsCmdlet
{
    /// <summary>The first model, or its file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public PSObject ReferenceModel { get; set; } = null!;

    /// <summary>The second model, or its file.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public PSObject DifferenceModel { get; set; } = null!;

    /// <summary>How far two numbers may be apart, relative to the larger of 1 and their size.</summary>
    [Parameter]
    [ValidateRange(0, double.MaxValue)]
    public double Tolerance { get; set; }

    /// <summary>Do not compare the numbers of the weights.</summary>
    [Parameter]
    public SwitchParameter NoValue { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var comparison = RunWithProgress("Comparing models", (progress, cancellation) =>
        {
            var read = new ModelReadOptions { Cancellation = cancellation };
            using var reference = Open(ReferenceModel, read);
            using var difference = Open(DifferenceModel, read);
            var result = ModelComparer.Compare(reference.Model, difference.Model, new ComparisonOptions { Tolerance = Tolerance, Values = !NoValue, Progress = progress, Cancellation = cancellation });
            return result with { Reference = reference.Name, Difference = difference.Name };
        });
        WriteObject(comparison);
    }

    private Side Open(PSObject given, ModelReadOptions options)
    {
        if (given.BaseObject is Model model)
        {
            return new Side(model, model.Name, null);
        }

        var path = ModelArgument.FileOf(given, Paths);
        var open = ModelFile.Open(path, options);
        return new Side(open.Model, path, open);
    }

    private sealed record Side(Model Model, string Name, OpenModel? File) : IDisposable
    {
        public void Dispose() => File?.Dispose();
    }
}
