using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>The content of a bundle's index, in memory.</summary>
internal sealed class BundleIndex
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, BundleEntry> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BundleEntry> _slices = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, BundleEntry>> _ordered = [];

    private BundleIndex(SourceFile file)
    {
        Path = file.Path;
        FileBytes = file.Length;
    }

    /// <summary>Full path of the index.</summary>
    public string Path { get; }

    /// <summary>Bytes of the index.</summary>
    public long FileBytes { get; }

    /// <summary>Number of data files and byte order.</summary>
    public BundleHeader Header { get; private set; } = new(0, false);

    /// <summary>The tensors by name, in the order of the index; parts of partitioned ones are not among them.</summary>
    public IReadOnlyList<KeyValuePair<string, BundleEntry>> Tensors => _ordered;

    /// <summary>The parts of partitioned tensors.</summary>
    public IReadOnlyCollection<BundleEntry> Slices => _slices.Values;

    /// <summary>Reads an index.</summary>
    public static BundleIndex Read(string path, ModelReadLimits limits)
    {
        using var file = SourceFile.Open(path);
        var index = new BundleIndex(file);
        try
        {
            new TableReader(file, limits).Visit(index.Add);
            return index.Header.Shards > 0 ? index : throw new ModelToolsException(ErrorCode.CorruptCheckpoint, "The index is empty: it has no header.");
        }
        catch (ModelToolsException error) when (error.Path is null)
        {
            throw error.WithPath(file.Path);
        }
    }

    /// <summary>The entry of a tensor that is known to be there.</summary>
    public BundleEntry Find(string name) => _tensors[name];

    /// <summary>The entry of a part of a partitioned tensor, or null.</summary>
    public BundleEntry? FindSlice(string name, TensorSlice slice) => _slices.GetValueOrDefault(Latin(slice.Key(Encoding.UTF8.GetBytes(name))));

    private static string Latin(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (Header.Shards == 0)
        {
            Header = key.Length == 0 ? BundleHeader.Read(value) : throw new ModelToolsException(ErrorCode.CorruptCheckpoint, "The index is damaged: it does not begin with a header.");
            return;
        }

        // Keys of slices are binary and begin with a zero; names never do.
        if (key[0] == 0)
        {
            _slices.Add(Latin(key), BundleEntry.Read(value, "(a slice)"));
            return;
        }

        var name = Name(key);
        var entry = BundleEntry.Read(value, name);
        _tensors.Add(name, entry);
        _ordered.Add(new(name, entry));
    }

    private static string Name(ReadOnlySpan<byte> key)
    {
        try
        {
            return StrictUtf8.GetString(key);
        }
        catch (DecoderFallbackException error)
        {
            throw new ModelToolsException(ErrorCode.CorruptCheckpoint, $"The index is damaged: '{Latin(key)}' is not a name.", error);
        }
    }
}
