using System.Management.Automation;
using ModelTools.Infrastructure;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Commands;

/// <summary>New-ModelInput: makes an input tensor of a model with several inputs or branches.</summary>
[Cmdlet(VerbsCommon.New, "ModelInput")]
[OutputType(typeof(SymbolicTensor))]
public sealed class NewModelInputCommand : ModelToolsCmdlet
{
    /// <summary>Extents without the batch axis; -1 for an open one, such as time.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyCollection]
    public long[] Shape { get; set; } = [];

    /// <summary>The input's name; Keras's if not given.</summary>
    [Parameter(Position = 1)]
    public string Name { get; set; } = "";

    /// <summary>Element type.</summary>
    [Parameter]
    public DType DType { get; set; } = DType.Float32;

    /// <summary>A fixed batch size.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; }

    /// <inheritdoc/>
    protected override void Process() => WriteObject(Model.Input([BatchSize > 0 ? BatchSize : Tensors.Shape.Unknown, .. Shape], DType, Name));
}
