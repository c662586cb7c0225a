using System.IO.Compression;
using System.Text.Json.Nodes;

namespace ModelTools.Tests.Support;

/// <summary>One of the golden models: what its manifest says, and its files, unpacked when they are asked for.</summary>
public sealed class FixtureModel
{
    private static readonly string Cache = Path.Combine(Path.GetTempPath(), $"modeltools-fixtures-{Environment.UserName}");

    private readonly string _folder;

    private FixtureModel(string name)
    {
        Name = name;
        _folder = TestFolders.RequireShared("fixtures", "models", name);
        Manifest = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "model.json")))!;
    }

    /// <summary>Name of its folder.</summary>
    public string Name { get; }

    /// <summary>The whole manifest.</summary>
    public JsonObject Manifest { get; }

    /// <summary>Classes of its layers.</summary>
    public IReadOnlyList<string> LayerClasses => [.. Manifest["layer_classes"]!.AsArray().Select(name => (string)name!)];

    /// <summary>Allowed difference t of an output: |a − b| ≤ t·(1 + |b|).</summary>
    public double Tolerance => (double)Manifest["tolerance"]!;

    /// <summary>Recorded inputs and outputs.</summary>
    public string Recording => Path.Combine(_folder, "io.h5");

    /// <summary>The model by its name; skips the test where there are no shared fixtures.</summary>
    public static FixtureModel Open(string name) => new(name);

    /// <summary>The names of all models that have one of the given files: rows of a theory. One empty row where there are no fixtures, which <see cref="Open"/> skips.</summary>
    /// <param name="files">Paths as the manifest has them, such as <c>k2/model.h5</c>.</param>
    public static TheoryData<string, string> With(params string[] files)
    {
        var rows = new TheoryData<string, string>();
        if (TestFolders.Shared is null)
        {
            rows.Add("no fixtures", files[0]);
            return rows;
        }

        foreach (var name in Directory.GetDirectories(Path.Combine(TestFolders.Shared, "fixtures", "models")).Select(Path.GetFileName).Order(StringComparer.Ordinal))
        {
            foreach (var file in files.Where(Open(name!).Has))
            {
                rows.Add(name!, file);
            }
        }

        return rows;
    }

    /// <summary>True if the model was written in this format.</summary>
    public bool Has(string file) => Manifest["files"]![file] is not null;

    /// <summary>What the manifest says of a file: <c>reload</c>, <c>size</c> …</summary>
    public JsonObject Row(string file) => (JsonObject)Manifest["files"]![file]!;

    /// <summary>The path of a file or directory of the model; taken out of <c>files.zip</c> if it lies there.</summary>
    public string PathOf(string file)
    {
        if (!Row(file).ContainsKey("in"))
        {
            return Path.Combine(_folder, file);
        }

        var archive = Path.Combine(_folder, (string)Row(file)["in"]!);
        var target = Path.Combine(Cache, $"{Name}-{File.GetLastWriteTimeUtc(archive).Ticks:x}");
        using var zip = ZipFile.OpenRead(archive);
        foreach (var entry in zip.Entries.Where(entry => entry.FullName == file || entry.FullName.StartsWith(file + "/", StringComparison.Ordinal)))
        {
            Unpack(entry, Path.Combine(target, entry.FullName));
        }

        return Path.Combine(target, file);
    }

    /// <summary>Every weight in the framework's own order.</summary>
    /// <param name="framework"><c>k2</c> or <c>k3</c>.</param>
    public IReadOnlyList<FixtureWeight> Weights(string framework) =>
    [
        .. Manifest["weights"]![framework]!.AsArray().Select(row => new FixtureWeight(
            (string)row!["layer"]!,
            (string)row["name"]!,
            [.. row["shape"]!.AsArray().Select(dimension => (long)dimension!)],
            (string)row["dtype"]!,
            (string)row["crc32"]!)),
    ];

    // Tests run side by side: a file appears whole, and one that is there stays.
    private static void Unpack(ZipArchiveEntry entry, string path)
    {
        if (entry.FullName.EndsWith('/'))
        {
            Directory.CreateDirectory(path);
        }
        else if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var partial = $"{path}.{Guid.NewGuid():n}";
            entry.ExtractToFile(partial);
            File.Move(partial, path, overwrite: true);
        }
    }
}

/// <summary>A weight as the manifest of a golden model lists it.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Name">The framework's name of the variable.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="DType">Name of the element type.</param>
/// <param name="Crc32">CRC-32 of the little-endian bytes, eight hexadecimal digits; compare with <see cref="Crc32.Of"/>.</param>
public sealed record FixtureWeight(string Layer, string Name, long[] Shape, string DType, string Crc32);
