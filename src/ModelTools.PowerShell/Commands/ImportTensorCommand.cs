using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Formats.TensorFiles;
using ModelTools.Infrastructure;
using ModelTools.Tensors;

namespace ModelTools.Commands;

/// <summary>Import-Tensor: reads data from IDX, NumPy, CSV and picture files, also compressed ones.</summary>
[Cmdlet(VerbsData.Import, "Tensor", DefaultParameterSetName = "Path")]
[OutputType(typeof(Tensor))]
public sealed class ImportTensorCommand : ModelFileCmdlet
{
    /// <summary>An array's name in an .npz file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ArrayNameCompleter))]
    public string? Name { get; set; }

    /// <summary>Leave out so many rows at the start.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long Skip { get; set; }

    /// <summary>Read at most so many rows.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? First { get; set; }

    /// <summary>Element type of the result.</summary>
    [Parameter]
    public DType? DType { get; set; }

    /// <summary>Divide every element, such as by 255.</summary>
    [Parameter]
    public double? DivideBy { get; set; }

    /// <summary>Channels of pictures.</summary>
    [Parameter]
    public ImageChannels Channel { get; set; }

    /// <summary>What separates the columns of a text file.</summary>
    [Parameter]
    public char? Delimiter { get; set; }

    /// <summary>Columns of a text file, by name or number.</summary>
    [Parameter]
    public string[]? Column { get; set; }

    /// <inheritdoc/>
    protected override void ProcessFile(string path) => WriteObject(RunWithProgress($"Reading {System.IO.Path.GetFileName(path)}", (progress, cancellation) => TensorFile.Read(path, new TensorReadOptions
    {
        Name = Name,
        Skip = Skip,
        First = First,
        DType = DType,
        DivideBy = DivideBy,
        Channels = Channel,
        Separator = Delimiter,
        Columns = Column,
        Progress = progress,
        Cancellation = cancellation,
    })));
}
