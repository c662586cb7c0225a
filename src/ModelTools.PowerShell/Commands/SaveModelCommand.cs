using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Formats;
using ModelTools.Infrastructure;
using ModelTools.Objects;
using ModelTools.Parameters;

namespace ModelTools.Commands;

/// <summary>Save-Model: writes structure, weights and training state to one file. Keras: <c>model.save</c>.</summary>
[Cmdlet(VerbsData.Save, "Model", SupportsShouldProcess = true)]
[OutputType(typeof(FileSystemInfo))]
public sealed class SaveModelCommand : ModelTargetCmdlet
{
    /// <summary>The format; the path's extension decides if it is not given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FormatCompleter))]
    public string? Format { get; set; }

    /// <summary>The generation of Keras to write for; the format and the model decide if it is not given.</summary>
    [Parameter]
    public KerasDialect? Dialect { get; set; }

    /// <inheritdoc/>
    protected override string Action => "Save the model";

    /// <inheritdoc/>
    protected override void Write(string target, ModelWriteOptions options) =>
        ModelFile.Save(Model, target, Format is null ? null : ModelFormat.Named(Format), options with { Dialect = Dialect });
}
