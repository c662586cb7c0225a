using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Infrastructure;
using ModelTools.Layers;
using ModelTools.Models;

namespace ModelTools.Commands;

/// <summary>Get-ModelWeight: gives the weights of a model or layer.</summary>
[Cmdlet(VerbsCommon.Get, "ModelWeight")]
[OutputType(typeof(Variable))]
public sealed class GetModelWeightCommand : ModelToolsCmdlet
{
    /// <summary>A model, or a layer of Get-ModelLayer.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Model")]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Names of weights, such as dense/kernel; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(WeightNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        var variables = InputObject.BaseObject switch
        {
            Model model => model.Variables,
            ModelLayer layer => layer.Variables,
            var other => throw new Diagnostics.ModelToolsException(Diagnostics.ErrorCode.InvalidArgument, $"A {other.GetType().Name} has no weights; pass a model or a layer."),
        };
        foreach (var pattern in Name)
        {
            WriteObject(NameFilter.Select(variables, pattern, variable => variable.FullName, "weight"), enumerateCollection: true);
        }
    }
}
