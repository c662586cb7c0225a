using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Infrastructure;
using ModelTools.Models;

namespace ModelTools.Commands;

/// <summary>Get-ModelLayer: gives the layers of a model.</summary>
[Cmdlet(VerbsCommon.Get, "ModelLayer")]
[OutputType(typeof(ModelLayer))]
public sealed class GetModelLayerCommand : ModelToolsCmdlet
{
    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>Names of layers; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Also the layers of models inside the model.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var pattern in Name)
        {
            var found = NameFilter.Select(Recurse ? Model.DeepLayers : Model.AllLayers, pattern, layer => layer.Name, $"layer in the model {Model.Name}");
            WriteObject(found, enumerateCollection: true);
        }
    }
}
