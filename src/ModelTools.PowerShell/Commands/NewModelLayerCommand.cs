using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Parameters;

namespace ModelTools.Commands;

/// <summary>New-ModelLayer: makes a layer of any Keras class.</summary>
[Cmdlet(VerbsCommon.New, "ModelLayer")]
[OutputType(typeof(ModelLayer))]
public sealed class NewModelLayerCommand : NewObjectCommand
{
    /// <summary>The layer's class, such as Dense.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(LayerClassCompleter))]
    [ValidateNotNullOrEmpty]
    public override string ClassName { get; set; } = "";

    /// <inheritdoc/>
    protected override ObjectSchema? Find(string name) => ObjectRegistry<Layer>.Find(name);

    /// <inheritdoc/>
    protected override void Process() => WriteObject(new ModelLayer(Create<Layer>()));
}
