using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Writes TensorFlow checkpoints: <c>PREFIX.data-00000-of-00001</c>, <c>PREFIX.index</c>, and the file <c>checkpoint</c> that names the newest.</summary>
/// <remarks>
/// The files equal those that TensorFlow writes for the same tensors in the same order. All are complete on the disk under temporary
/// names before the first takes its place, and the index, which makes them a checkpoint, comes after the data.
/// </remarks>
public static class CheckpointWriter
{
    /// <summary>Writes tensors, in the order in which they come.</summary>
    /// <param name="prefix">Path of the checkpoint: what the names of its files begin with.</param>
    /// <param name="tensors">Names and tensors; each tensor is asked for when its turn comes.</param>
    /// <param name="graph">The object graph, stored last; null for a name-based checkpoint.</param>
    /// <param name="overwrite">Whether a checkpoint of that prefix may be replaced.</param>
    /// <param name="updateState">Whether the file <c>checkpoint</c> in the folder is made to name this checkpoint.</param>
    /// <param name="cancellation">Ends the writing; nothing is left behind.</param>
    /// <exception cref="ModelToolsException">MT6001: no such folder; MT6002: it exists; MT6003 or MT6007: it cannot be written; MT6004: a name is used twice.</exception>
    public static void Write(
        string prefix,
        IEnumerable<KeyValuePair<string, Tensor>> tensors,
        ObjectGraph? graph = null,
        bool overwrite = false,
        bool updateState = true,
        CancellationToken cancellation = default)
    {
        var full = Path.GetFullPath(prefix);
        List<string> targets = [CheckpointPath.Shard(full, 0, 1), CheckpointPath.Index(full)];
        CheckNew(full, targets, overwrite);
        InterruptedSave.Finish(full);
        if (updateState)
        {
            targets.Add(StateFile(full));
        }

        AtomicTarget.WriteFiles(targets, overwrite: true, streams =>
        {
            var bundle = new BundleWriter(streams[0]);
            foreach (var (name, tensor) in tensors)
            {
                bundle.Add(name, tensor, cancellation);
            }

            if (graph is not null)
            {
                bundle.Add(CheckpointReader.ObjectGraphKey, new Tensor(DType.String, Shape.Scalar, new StringData([graph.ToBytes()])), cancellation);
            }

            bundle.WriteIndex(streams[1]);
            if (updateState)
            {
                streams[2].Write(CheckpointState.Text(Path.GetFileName(full)));
            }
        });
    }

    private static void CheckNew(string prefix, List<string> targets, bool overwrite)
    {
        if (Path.GetFileName(prefix).Length == 0)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"'{prefix}' is a folder; a checkpoint needs a name inside of it.") { Path = prefix };
        }

        if (!overwrite && targets.Exists(File.Exists))
        {
            throw new ModelToolsException(ErrorCode.TargetExists, $"The checkpoint '{prefix}' exists already.") { Path = prefix };
        }
    }

    /// <summary>The state file beside a checkpoint; a file of that name that is something else is not overwritten.</summary>
    private static string StateFile(string prefix)
    {
        var path = Path.Combine(Path.GetDirectoryName(prefix)!, CheckpointState.FileName);
        if (File.Exists(path))
        {
            try
            {
                CheckpointState.Read(path);
            }
            catch (ModelToolsException error)
            {
                throw new ModelToolsException(ErrorCode.TargetExists, $"The file '{path}' would have to name the newest checkpoint, but it holds something else.", error)
                {
                    Path = path,
                    Advice = "Save the checkpoint to a folder of its own.",
                };
            }
        }

        return path;
    }
}
