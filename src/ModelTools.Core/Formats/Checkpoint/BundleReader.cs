using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Reads a tensor bundle, the format of checkpoints since TensorFlow 0.12. Everything its index says is checked on opening.</summary>
internal sealed class BundleReader : CheckpointReader
{
    private readonly BundleIndex _index;
    private readonly SourceFile[] _shards;

    private BundleReader(string prefix, BundleIndex index, SourceFile[] shards, ModelReadLimits limits)
        : base(prefix, [.. index.Tensors.Select(Describe)], limits)
    {
        _index = index;
        _shards = shards;
    }

    /// <inheritdoc/>
    public override long FileBytes => _index.FileBytes + _shards.Sum(shard => shard.Length);

    /// <summary>Opens the index and all data files of a prefix.</summary>
    public static BundleReader OpenBundle(string prefix, ModelReadLimits limits)
    {
        var index = BundleIndex.Read(InterruptedSave.IndexFor(prefix, limits), limits);
        List<SourceFile> shards = [];
        try
        {
            for (var shard = 0; shard < index.Header.Shards; shard++)
            {
                shards.Add(OpenShard(prefix, shard, index.Header.Shards));
            }

            BundleChecks.Check(index, shards);
            return new BundleReader(prefix, index, [.. shards], limits);
        }
        catch
        {
            shards.ForEach(shard => shard.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var shard in _shards)
        {
            shard.Dispose();
        }
    }

    private protected override TensorData Data(CheckpointEntry entry, DType dtype)
    {
        var stored = _index.Find(entry.Name);
        return stored.Slices.Count > 0 ? Join(entry, stored, dtype) : Data(entry.Name, stored, dtype);
    }

    private TensorData Data(string name, BundleEntry stored, DType dtype)
    {
        var file = _shards[stored.Shard];
        if (dtype == DType.String)
        {
            return new StringData(new BundleStrings(file, stored, name, _index.Header.BigEndian));
        }

        var width = dtype is DType.Complex64 or DType.Complex128 ? dtype.Size() / 2 : dtype.Size();
        return new BundleData(file, stored, name, _index.Header.BigEndian ? width : 1);
    }

    private LazyData Join(CheckpointEntry entry, BundleEntry stored, DType dtype)
    {
        if (dtype == DType.String)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedDType, $"The string tensor '{entry.Name}' is partitioned, which cannot be read.") { Path = Prefix, Location = entry.Name };
        }

        var slices = BundleChecks.Slices(_index, entry.Name, stored);
        return new LazyData(checked(entry.Shape.ElementCount * dtype.Size()), () => SliceJoin.Join(
            entry.Shape,
            dtype.Size(),
            slices.Select(slice => (slice.Start, new Tensor(dtype, slice.Entry.Shape, Data(entry.Name, slice.Entry, dtype))))));
    }

    private static SourceFile OpenShard(string prefix, int shard, int shards)
    {
        try
        {
            return SourceFile.Open(CheckpointPath.Shard(prefix, shard, shards));
        }
        catch (ModelToolsException error) when (error.Code == ErrorCode.PathNotFound)
        {
            throw new ModelToolsException(ErrorCode.MissingPart, $"The checkpoint's data file '{Path.GetFileName(CheckpointPath.Shard(prefix, shard, shards))}' is missing.", error) { Path = prefix };
        }
    }

    private static CheckpointEntry Describe(KeyValuePair<string, BundleEntry> tensor) =>
        new(tensor.Key, TensorFlowDType.Name(tensor.Value.DataType), TensorFlowDType.Find(tensor.Value.DataType), tensor.Value.Shape);
}
