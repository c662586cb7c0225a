using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Heals the one gap in replacing a checkpoint: a kill after the data took its place and before the index did.</summary>
/// <remarks>
/// Two files cannot be renamed at once. In the gap the new index still lies complete under its temporary name while the data's
/// temporary file is gone, which tells it from a save under way; whichever index fits the data is the one to read.
/// </remarks>
internal static class InterruptedSave
{
    /// <summary>The index that belongs to the data of a prefix: its own, or the one that a killed save left.</summary>
    public static string IndexFor(string prefix, ModelReadLimits limits)
    {
        var index = CheckpointPath.Index(prefix);
        var waiting = AtomicTarget.TemporaryOf(index);
        var data = CheckpointPath.Shard(prefix, 0, 1);
        return File.Exists(waiting) && !File.Exists(AtomicTarget.TemporaryOf(data)) && Fits(waiting, index, data, limits) ? waiting : index;
    }

    /// <summary>Puts the index in place if a save was killed before it could; called before the next save.</summary>
    public static void Finish(string prefix)
    {
        var index = CheckpointPath.Index(prefix);
        if (File.Exists(index) && IndexFor(prefix, ModelReadLimits.Default) is var found && found != index)
        {
            File.Move(found, index, overwrite: true);
        }
    }

    /// <summary>Compares the smallest tensor on which the two indexes disagree with the data.</summary>
    private static bool Fits(string waiting, string index, string data, ModelReadLimits limits)
    {
        try
        {
            var known = BundleIndex.Read(index, limits).Tensors.Select(tensor => tensor.Value.Checksum).ToHashSet();
            var changed = BundleIndex.Read(waiting, limits).Tensors
                .Where(tensor => !known.Contains(tensor.Value.Checksum) && tensor.Value.DataType % 100 != TensorFlowDType.String)
                .OrderBy(tensor => tensor.Value.Size).Select(tensor => tensor.Value).FirstOrDefault();
            using var file = SourceFile.Open(data);
            if (changed is null || changed.Offset > file.Length - changed.Size)
            {
                return false;
            }

            new BundleData(file, changed, string.Empty, 1).CopyTo(Stream.Null);
            return true;
        }
        catch (ModelToolsException)
        {
            return false;
        }
    }
}
