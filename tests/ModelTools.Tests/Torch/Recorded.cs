using System.Collections.Concurrent;
using System.Text.Json;
using ModelTools.Formats.Hdf5;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Torch;

/// <summary>A pair of files of recorded results: what TensorFlow computed (HDF5) and what each case is about (JSON).</summary>
internal sealed class Recorded
{
    private static readonly ConcurrentDictionary<string, Recorded> Files = [];

    private readonly Hdf5Group _arrays;

    private Recorded(string path)
    {
        _arrays = Hdf5File.Open($"{path}.h5").Root;
        Index = JsonDocument.Parse(File.ReadAllText($"{path}.json")).RootElement;
    }

    /// <summary>What the cases are about.</summary>
    public JsonElement Index { get; }

    /// <summary>The files of this name below the fixtures; skips the test where there are none.</summary>
    public static Recorded Open(string folder, string name) => Files.GetOrAdd(TestFolders.RequireShared("fixtures", folder, name), path => new Recorded(path));

    /// <summary>Single operations on edge cases.</summary>
    public static Recorded Numerics() => Open("numerics", "numerics");

    /// <summary>True if there is such an array.</summary>
    public bool Has(string name) => _arrays.FindDataset(name) is not null;

    /// <summary>The cases with a first output whose name starts so, in order of name.</summary>
    public IReadOnlyList<string> Names(string prefix) =>
    [
        .. Index.GetProperty("cases").EnumerateObject().Select(item => item.Name).Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && Has($"{name}.out0")).Order(StringComparer.Ordinal),
    ];

    /// <summary>An array.</summary>
    public Tensor Read(string name) => _arrays.Dataset(name).Read();
}
