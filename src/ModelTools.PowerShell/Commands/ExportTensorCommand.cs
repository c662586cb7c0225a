using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Formats.TensorFiles;
using ModelTools.Infrastructure;
using ModelTools.Parameters;

namespace ModelTools.Commands;

/// <summary>Export-Tensor: writes data as .npy, .npz or .csv.</summary>
[Cmdlet(VerbsData.Export, "Tensor", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTensorCommand : ModelToolsCmdlet
{
    private readonly List<PSObject> _tensors = [];

    /// <summary>The tensors; several are joined in one .npz file.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The target; its extension chooses the format.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public string Path { get; set; } = "";

    /// <summary>Names of the arrays in an .npz file; arr_0, arr_1 … if not given.</summary>
    [Parameter]
    public string[] Name { get; set; } = [];

    /// <summary>Replace a target that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Pass the written file on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _tensors.Add(InputObject);

    /// <inheritdoc/>
    protected override void End()
    {
        var target = Paths.Target(Path);
        if (!ShouldWrite(target, "Export tensors", Force))
        {
            return;
        }

        var tensors = _tensors.Select((tensor, index) => KeyValuePair.Create(index < Name.Length ? Name[index] : $"arr_{index}", TensorArguments.One(tensor))).ToList();
        if (target.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) || tensors.Count > 1)
        {
            TensorFile.WriteAll(target, tensors, Force, Cancellation);
        }
        else
        {
            TensorFile.Write(target, tensors[0].Value, Force, cancellation: Cancellation);
        }

        if (PassThru)
        {
            WriteItem(target);
        }
    }
}
