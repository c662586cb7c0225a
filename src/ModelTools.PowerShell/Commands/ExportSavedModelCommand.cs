using System.Management.Automation;
using ModelTools.Formats;
using ModelTools.Infrastructure;

namespace ModelTools.Commands;

/// <summary>Export-SavedModel: writes the directory that servers, phones and the web run. Keras: <c>export_saved_model</c>.</summary>
[Cmdlet(VerbsData.Export, "SavedModel", SupportsShouldProcess = true)]
[OutputType(typeof(DirectoryInfo))]
public sealed class ExportSavedModelCommand : ModelTargetCmdlet
{
    /// <inheritdoc/>
    protected override string Action => "Export as SavedModel the model";

    /// <inheritdoc/>
    protected override void Write(string target, ModelWriteOptions options) => ModelFile.Save(Model, target, ModelFormat.Named("SavedModel"), options);
}
