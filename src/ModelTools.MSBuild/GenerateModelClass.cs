using Microsoft.Build.Framework;
using ModelTools.Packaging;
using ModelTools.Validation;

namespace ModelTools.MSBuild;

/// <summary>Generates C# classes for models.</summary>
[MSBuildMultiThreadableTask]
public sealed class GenerateModelClass : OutputTask
{
    /// <inheritdoc/>
    private protected override void Write(BuildState state, string folder, ICollection<string> outputs)
    {
        var places = new OutputPlaces("GenerateClass");
        ForEach(Items.Where(item => item.GenerateClass is not null), item =>
        {
            if (places.Take(item.GenerateClass!, item.Path, item.Path))
            {
                Generate(item, state, folder, outputs);
            }
        });
    }

    private void Generate(ModelItem item, BuildState state, string folder, ICollection<string> outputs)
    {
        var options = new GeneratedClassOptions { FullName = item.GenerateClass!, ModelPath = RunTimePath(item), IsPublic = item.IsClassPublic };
        var name = $"{item.GenerateClass}.g.cs";
        var path = Path.Combine(folder, name);
        var key = BuildState.Key(state.ModelDigest(item.Path, Cancellation), options.ModelPath, options.IsPublic.ToString());
        outputs.Add(name);
        if (File.Exists(path) && state.Has("class " + name, key))
        {
            return;
        }

        var text = ModelClass.Generate(ModelContract.Of(item.Path, cancellation: Cancellation), options);
        Directory.CreateDirectory(folder);

        // Left alone if it is the same, so that nothing is compiled again.
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            File.WriteAllText(path, text);
            Log.LogMessage(MessageImportance.High, "{0} -> {1}", item.Path, path);
        }

        state.Set("class " + name, key);
    }

    private static string RunTimePath(ModelItem item) => item.IsCopied || item.ExportAs.Count == 0 ? item.TargetPath : ExportTarget.Path(item, item.ExportAs[0]);
}
