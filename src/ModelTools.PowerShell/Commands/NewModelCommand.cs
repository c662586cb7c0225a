using System.Management.Automation;
using ModelTools.Infrastructure;
using ModelTools.Models;
using ModelTools.Parameters;

namespace ModelTools.Commands;

/// <summary>New-Model: makes a model from layers in a script block, from a list of layers, or from the tensors of a graph.</summary>
[Cmdlet(VerbsCommon.New, "Model", DefaultParameterSetName = BlockSet)]
[OutputType(typeof(Model))]
public sealed class NewModelCommand : ModelToolsCmdlet
{
    private const string BlockSet = "ScriptBlock";
    private const string LayerSet = "Layer";
    private const string GraphSet = "Graph";

    private readonly List<ModelLayer> _layers = [];

    /// <summary>The layers, one a line, each as the class's name and its parameters: <c>{ Dense 256 -Activation relu; Dense 10 }</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = BlockSet)]
    public ScriptBlock? Definition { get; set; }

    /// <summary>The layers of a sequential model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = LayerSet)]
    public PSObject[] Layer { get; set; } = [];

    /// <summary>The inputs of a graph, from New-ModelInput.</summary>
    [Parameter(Mandatory = true, ParameterSetName = GraphSet)]
    public SymbolicTensor[] InputTensor { get; set; } = [];

    /// <summary>The outputs of a graph, from Add-ModelLayer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = GraphSet)]
    public SymbolicTensor[] OutputTensor { get; set; } = [];

    /// <summary>The model's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _layers.AddRange(Layer.Select(item => LayerArgument.From(item)!));

    /// <inheritdoc/>
    protected override void End()
    {
        if (ParameterSetName == GraphSet)
        {
            WriteObject(Model.Functional(InputTensor, OutputTensor, Name ?? "model"));
            return;
        }

        if (Definition is not null)
        {
            _layers.AddRange(LayerWords.Run(Definition));
        }

        WriteObject(Model.Sequential(_layers, Name ?? "sequential"));
    }
}
