using System.Management.Automation;
using ModelTools.Infrastructure;
using ModelTools.Parameters;
using ModelTools.Tensors;

namespace ModelTools.Commands;

/// <summary>ConvertTo-Tensor: makes a tensor from numbers, arrays and nested arrays, or changes one.</summary>
[Cmdlet(VerbsData.ConvertTo, "Tensor")]
[OutputType(typeof(Tensor))]
public sealed class ConvertToTensorCommand : ModelToolsCmdlet
{
    private readonly List<object> _items = [];

    /// <summary>A tensor, or numbers: what comes through the pipeline is joined along a first axis.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>Element type; that of the numbers if not given.</summary>
    [Parameter]
    public DType? DType { get; set; }

    /// <summary>New extents of the same elements.</summary>
    [Parameter]
    public long[]? Shape { get; set; }

    /// <summary>Turn labels into rows with a 1 in the label's place; the number of classes.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int OneHot { get; set; }

    /// <summary>Divide every element, such as by 255.</summary>
    [Parameter]
    public double DivideBy { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is not null)
        {
            _items.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        // An array given by name arrives whole; from a pipeline it arrives item by item.
        var tensor = _items.Count == 1 && !MyInvocation.ExpectingInput ? TensorArguments.One(_items[0], DType)
            : _items.Count == 1 && _items[0] is Tensor or PSObject { BaseObject: Tensor } ? TensorArguments.One(_items[0], DType)
            : TensorArguments.One(_items.ToArray(), DType);
        tensor = DivideBy is 0 or 1 ? tensor : tensor.DivideBy(DivideBy);
        tensor = OneHot > 0 ? tensor.OneHot(OneHot, DType ?? Tensors.DType.Float32) : tensor;
        WriteObject(Shape is null ? tensor : tensor.Reshape(Tensors.Shape.Create(Shape)));
    }
}
