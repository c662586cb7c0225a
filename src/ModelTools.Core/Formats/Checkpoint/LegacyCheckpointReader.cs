using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Reads checkpoints of the first format ("V1"): one sorted table, or several, of tensor slices as protocol buffers.</summary>
internal sealed class LegacyCheckpointReader : CheckpointReader
{
    private readonly LegacyCheckpointFile[] _files;
    private readonly ModelReadLimits _limits;

    private LegacyCheckpointReader(string path, LegacyCheckpointFile[] files, IReadOnlyList<CheckpointEntry> entries, ModelReadLimits limits)
        : base(path, entries, limits)
    {
        _files = files;
        _limits = limits;
    }

    /// <inheritdoc/>
    public override long FileBytes => _files.Sum(file => file.Length);

    /// <summary>Opens all files of a checkpoint.</summary>
    public static LegacyCheckpointReader OpenFiles(string path, ModelReadLimits limits)
    {
        List<LegacyCheckpointFile> files = [];
        try
        {
            foreach (var file in CheckpointPath.LegacyShards(path))
            {
                files.Add(new LegacyCheckpointFile(file, limits));
            }

            var entries = files.SelectMany(file => file.Tensors.Values).DistinctBy(tensor => tensor.Entry.Name)
                .Select(tensor => tensor.Entry).OrderBy(entry => entry.Name, StringComparer.Ordinal);
            return new LegacyCheckpointReader(path, [.. files], [.. entries], limits);
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    private protected override TensorData Data(CheckpointEntry entry, DType dtype)
    {
        List<(long[] Start, Shape Shape, Func<Tensor> Read)> parts = [];
        foreach (var file in _files)
        {
            if (file.Tensors.GetValueOrDefault(entry.Name) is { } tensor)
            {
                foreach (var slice in tensor.Slices)
                {
                    var (start, shape) = slice.Within(entry.Shape) ?? throw Damaged(entry.Name, "a part does not lie inside");
                    parts.Add((start, shape, () => file.Read(entry.Name, slice, dtype, shape, _limits)));
                }
            }
        }

        if (parts.Sum(part => part.Shape.ElementCount) != entry.Shape.ElementCount)
        {
            throw Damaged(entry.Name, "its parts do not fill it");
        }

        if (dtype == DType.String)
        {
            return parts.Count == 1 ? parts[0].Read().Data : throw Damaged(entry.Name, "strings cannot be partitioned");
        }

        var length = checked(entry.Shape.ElementCount * dtype.Size());
        return new LazyData(length, () => parts.Count == 1
            ? parts[0].Read().Data.Load()
            : SliceJoin.Join(entry.Shape, dtype.Size(), parts.Select(part => (part.Start, part.Read()))));
    }

    private ModelToolsException Damaged(string name, string why) =>
        new(ErrorCode.CorruptCheckpoint, $"The tensor '{name}' is damaged: {why}.") { Path = Prefix, Location = name };
}
