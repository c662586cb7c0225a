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
        var places = new OutputPlaces("ExportName or Link");
        ForEach(Items.Where(item => item.IsCopied), item => places.Take(item.TargetPath, item.Path, item.Path));
        ForEach(Items, item =>
        {
            foreach (var format in item.ExportAs)
            {
                var target = ExportTarget.Path(item, format);
                if (places.Take(target, $"{item.Path} as {ModelFormat.Named(format).Name}", item.Path))
                {
                    Export(item, format, target, state, folder, outputs);
                }
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
