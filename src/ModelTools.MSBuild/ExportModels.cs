using Microsoft.Build.Framework;
using ModelTools.Diagnostics;
using ModelTools.Formats;

namespace ModelTools.MSBuild;

/// <summary>Converts models into the formats that their items ask for.</summary>
[MSBuildMultiThreadableTask]
public sealed class ExportModels : OutputTask
{
    /// <inheritdoc/>
    private protected override void Write(BuildState state, string folder, ICollection<string> outputs)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        ForEach(Items, item =>
        {
            foreach (var format in item.ExportAs)
            {
                var target = ExportTarget.Path(item, format);
                if (!taken.Add(target))
                {
                    throw new ModelToolsException(ErrorCode.InvalidArgument, $"Two models would be converted into '{target}'.") { Path = item.Path, Advice = "Give one of them another ExportName." };
                }

                Export(item, format, target, state, folder, outputs);
            }
        });
    }

    private void Export(ModelItem item, string format, string target, BuildState state, string folder, ICollection<string> outputs)
    {
        var path = Path.Combine(folder, target);
        var key = BuildState.Key(state.ModelDigest(item.Path, Cancellation), format);
        if (!state.Has("export " + target, key) || !ModelFiles.Exist(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var report = ModelConversion.Convert(item.Path, path, ModelFormat.Named(format), new ModelReadOptions { Cancellation = Cancellation }, new ModelWriteOptions { Force = true, Cancellation = Cancellation });
            foreach (var finding in report.Findings)
            {
                Report(finding, item.Path);
            }

            Log.LogMessage(MessageImportance.High, "{0} -> {1}", item.Path, path);
            state.Set("export " + target, key);
        }

        foreach (var file in ModelFiles.Of(path).Paths)
        {
            outputs.Add(Path.GetRelativePath(folder, file).Replace('\\', '/'));
        }
    }
}
