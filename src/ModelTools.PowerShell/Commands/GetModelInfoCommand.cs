using System.Management.Automation;
using ModelTools.Formats;
using ModelTools.Infrastructure;

namespace ModelTools.Commands;

/// <summary>Get-ModelInfo: tells what a file holds, without reading its weights.</summary>
[Cmdlet(VerbsCommon.Get, "ModelInfo", DefaultParameterSetName = "Path")]
[OutputType(typeof(ModelInfo))]
public sealed class GetModelInfoCommand : ModelFileCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessFile(string path) => WriteObject(ModelFile.Inspect(path));
}
