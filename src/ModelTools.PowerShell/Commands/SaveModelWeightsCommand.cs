using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Formats;
using ModelTools.Infrastructure;
using ModelTools.Parameters;

namespace ModelTools.Commands;

/// <summary>Save-ModelWeights: writes the weights only. Keras: <c>save_weights</c>.</summary>
[Cmdlet(VerbsData.Save, "ModelWeights", SupportsShouldProcess = true)]
[OutputType(typeof(FileSystemInfo))]
public sealed class SaveModelWeightsCommand : ModelTargetCmdlet
{
    /// <summary>The format; the path's extension decides if it is not given: .h5, .weights.h5, anything else is a checkpoint.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FormatCompleter))]
    public string? Format { get; set; }

    /// <inheritdoc/>
    protected override string Action => "Save the weights of";

    /// <inheritdoc/>
    protected override void Write(string target, ModelWriteOptions options) =>
        ModelFile.SaveWeights(Model, target, Format is null ? null : ModelFormat.Named(Format), options);
}
