using Microsoft.Build.Framework;
using ModelTools.Validation;

namespace ModelTools.MSBuild;

/// <summary>Accepts models as they are: writes their contracts into their locks.</summary>
[MSBuildMultiThreadableTask]
public sealed class UpdateModelLock : ModelTask
{
    /// <summary>The lock of models that name none.</summary>
    [Required]
    public string DefaultLock { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        foreach (var group in Items.GroupBy(item => item.Lock ?? Root(DefaultLock)))
        {
            var before = File.Exists(group.Key) ? ModelLock.Read(group.Key) : new ModelLock();
            var after = before;
            ForEach(group.DistinctBy(item => item.Path), item => after = after.With(ModelContract.Of(item.Path, cancellation: Cancellation), item.Path, group.Key));
            if (!Log.HasLoggedErrors)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(group.Key)!);
                after.Write(group.Key, force: true);
                Log.LogMessage(MessageImportance.High, "{0} holds {1} models.", group.Key, after.Models.Count);
            }
        }
    }
}
