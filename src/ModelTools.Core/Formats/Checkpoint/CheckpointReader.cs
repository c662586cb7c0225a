using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>An open TensorFlow checkpoint: lists its tensors and hands them out by name, without reading their values yet.</summary>
/// <remarks>
/// Reads the tensor bundle ("V2": <c>PREFIX.index</c> and <c>PREFIX.data-…</c>) of TensorFlow 1 and 2 and the older single file ("V1").
/// Tensors read their bytes from the open files when they are asked for: keep the reader open as long, or load them.
/// </remarks>
public abstract class CheckpointReader : IDisposable
{
    /// <summary>Key of the object graph in an object-based checkpoint of TensorFlow 2.</summary>
    public const string ObjectGraphKey = "_CHECKPOINTABLE_OBJECT_GRAPH";

    private readonly Dictionary<string, CheckpointEntry> _byName;
    private readonly ModelReadLimits _limits;

    private protected CheckpointReader(string prefix, IReadOnlyList<CheckpointEntry> entries, ModelReadLimits limits)
    {
        Prefix = prefix;
        Entries = entries;
        _byName = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        _limits = limits;
    }

    /// <summary>Full path of the checkpoint: what its files' names begin with.</summary>
    public string Prefix { get; }

    /// <summary>Bytes of all files together.</summary>
    public abstract long FileBytes { get; }

    /// <summary>All tensors in the order of the index; partitioned ones joined.</summary>
    public IReadOnlyList<CheckpointEntry> Entries { get; }

    /// <summary>Opens a checkpoint.</summary>
    /// <param name="path">Its prefix, one of its files, its folder (the newest of the file <c>checkpoint</c>), or a SavedModel's folder.</param>
    /// <param name="limits">How much the files may ask for.</param>
    /// <exception cref="ModelToolsException">
    /// MT1002 or MT1004: damaged; MT1008: a file is missing; MT1009: the index does not match its checksum; MT1001 or MT4005: something else;
    /// MT2004, MT2006, MT2007: not safe to read; MT6001: nothing there.
    /// </exception>
    public static CheckpointReader Open(string path, ModelReadLimits? limits = null)
    {
        limits ??= ModelReadLimits.Default;
        var prefix = CheckpointPath.Resolve(path, limits);
        try
        {
            return File.Exists(CheckpointPath.Index(prefix)) ? BundleReader.OpenBundle(prefix, limits) : LegacyCheckpointReader.OpenFiles(prefix, limits);
        }
        catch (ModelToolsException error) when (error.Path is null)
        {
            throw error.WithPath(prefix);
        }
    }

    /// <summary>True if the checkpoint holds a tensor.</summary>
    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>What the checkpoint says about a tensor, or null if it does not hold it.</summary>
    public CheckpointEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>A tensor whose bytes are read, and checked against their checksum, when they are asked for.</summary>
    /// <param name="name">The key.</param>
    /// <exception cref="ModelToolsException">MT6006: no such tensor; MT4004: its element type cannot be read.</exception>
    public Tensor Read(string name)
    {
        var entry = Find(name) ?? throw new ModelToolsException(ErrorCode.UnknownName, $"The checkpoint '{Prefix}' holds no tensor '{name}'.") { Path = Prefix, Location = name };
        if (entry.DType is not { } dtype)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedDType, $"The elements of tensor '{name}' are {entry.TypeName}, which cannot be read.") { Path = Prefix, Location = name };
        }

        return new Tensor(dtype, entry.Shape, Data(entry, dtype));
    }

    /// <summary>All tensors, one after the other.</summary>
    /// <exception cref="ModelToolsException">MT4004: the elements of one are of a type that cannot be read.</exception>
    internal IEnumerable<KeyValuePair<string, Tensor>> ReadTensors() => Entries.Select(entry => KeyValuePair.Create(entry.Name, Read(entry.Name)));

    /// <summary>The object graph that gives the keys their meaning; null in a name-based checkpoint (TensorFlow 1, or a bundle of bare tensors).</summary>
    /// <exception cref="ModelToolsException">MT1004 or MT2007: the graph is damaged; the tensors stay readable by name.</exception>
    public ObjectGraph? ReadObjectGraph()
    {
        if (Find(ObjectGraphKey) is not { DType: DType.String, Shape.Rank: 0 })
        {
            return null;
        }

        try
        {
            return ObjectGraph.Parse(((StringData)Read(ObjectGraphKey).Data).Elements[0], _limits);
        }
        catch (ModelToolsException error) when (error.Path is null)
        {
            throw error.WithPath(Prefix);
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the files.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);

    private protected abstract TensorData Data(CheckpointEntry entry, DType dtype);
}
