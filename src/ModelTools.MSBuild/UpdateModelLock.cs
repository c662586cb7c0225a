using Microsoft.Build.Framework;
using ModelTools.Validation;

namespace ModelTools.MSBuild;

/// <summary>Accepts models as they are: writes their contracts into their locks.</summary>
[MSBuildMultiThreadableTask]
public sealed class UpdateModelLock : ModelTask
{
    /// <summary>The lock of models that no item gives one.</summary>
    [Required]
    public string DefaultLock { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var items = Items;
        var locked = items.Where(item => item.Lock is not null).Select(item => item.Path).ToHashSet();
        var models = items.Where(item => item.Lock is not null || !locked.Contains(item.Path)).ToLookup(item => item.Lock ?? Root(DefaultLock));
        foreach (var path in models.Select(group => group.Key).Append(Root(DefaultLock)).Distinct().Where(path => models.Contains(path) || File.Exists(path)))
        {
            Update(path, models[path].DistinctBy(item => item.Path));
        }
    }

    private void Update(string path, IEnumerable<ModelItem> models)
    {
        var before = File.Exists(path) ? ModelLock.Read(path) : new ModelLock();
        var gone = before.Gone(path);
        var after = before.Without(gone);
        if (!ForEach(models, model => after = after.With(ModelContract.Of(model.Path, cancellation: Cancellation), model.Path, path)))
        {
            return;
        }

        foreach (var entry in gone)
        {
            Log.LogMessage(MessageImportance.High, "There is no model '{0}' any more; its entry leaves the lock.", entry.Path);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        after.Write(path, force: true);
        Log.LogMessage(MessageImportance.High, "{0} holds {1}.", path, after.Models.Count == 1 ? "1 model" : $"{after.Models.Count} models");
    }
}
