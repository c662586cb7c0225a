using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Parameters;

namespace ModelTools.Commands;

/// <summary>Add-ModelLayer: appends a layer to a sequential model, or calls one on tensors of a model under construction.</summary>
[Cmdlet(VerbsCommon.Add, "ModelLayer", DefaultParameterSetName = "Class")]
[OutputType(typeof(SymbolicTensor), typeof(Model))]
public sealed class AddModelLayerCommand : NewObjectCommand
{
    private readonly List<SymbolicTensor> _tensors = [];

    /// <summary>A sequential model, or the tensors on which the layer is called: all that come through the pipeline make one call.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>The layer's class, such as Dense.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Class")]
    [ArgumentCompleter(typeof(LayerClassCompleter))]
    [ValidateNotNullOrEmpty]
    public override string ClassName { get; set; } = "";

    /// <summary>A layer that exists already, to share it, or a model to use as a layer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Layer")]
    public PSObject? Layer { get; set; }

    /// <summary>Pass the model on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override ObjectSchema? Find(string name) => ObjectRegistry<Layer>.Find(name);

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var given in InputObject.Select(item => item.BaseObject))
        {
            switch (given)
            {
                case SymbolicTensor tensor:
                    _tensors.Add(tensor);
                    break;
                case Model model:
                    model.Add(LayerArgument.From(Layer)?.Layer ?? Create<Layer>());
                    if (PassThru)
                    {
                        WriteObject(model);
                    }

                    break;
                default:
                    throw new ModelToolsException(ErrorCode.InvalidArgument, $"A layer is added to a model or to tensors of New-ModelInput, not to a {given.GetType().Name}.");
            }
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_tensors.Count > 0)
        {
            var layer = LayerArgument.From(Layer) ?? new ModelLayer(Create<Layer>());
            WriteObject(layer.Apply(_tensors), enumerateCollection: true);
        }
    }
}
