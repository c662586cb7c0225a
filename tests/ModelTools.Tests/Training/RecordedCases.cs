using System.Text.Json.Nodes;
using ModelTools.Formats.Hdf5;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Training;

namespace ModelTools.Tests.Training;

/// <summary>A file of recorded results (<c>training/tables</c>, <c>training/trajectories</c>, <c>compiled/state</c>): arrays in HDF5, an index in JSON.</summary>
internal sealed class RecordedCases : IDisposable
{
    private readonly Hdf5File _file;
    private readonly JsonObject _cases;

    private RecordedCases(string path)
    {
        _file = Hdf5File.Open(path + ".h5");
        _cases = JsonNode.Parse(File.ReadAllText(path + ".json"))!["cases"]!.AsObject();
    }

    /// <summary>Opens a topic of the project's own fixtures, or of all shared ones (then the test is skipped where they are not set up).</summary>
    public static RecordedCases Open(bool all, string folder, string topic) =>
        new(all ? TestFolders.RequireShared("fixtures", folder, topic) : Path.Combine(TestFolders.Fixtures, folder, topic));

    /// <summary>Each case of a group with each framework that has it.</summary>
    public IEnumerable<RecordedCase> In(string group)
    {
        foreach (var (name, node) in _cases.Where(pair => pair.Key.StartsWith(group + "/", StringComparison.Ordinal)))
        {
            var row = node!.AsObject();
            foreach (var dialect in new[] { KerasDialect.Keras2, KerasDialect.Keras3 })
            {
                var key = dialect is KerasDialect.Keras2 ? "k2" : "k3";
                if (row["only"]?.GetValue<string>() is not { } only || only == key)
                {
                    var merged = new JsonObject(row.Concat(row[key] as JsonObject ?? []).Where(pair => pair.Key is not ("k2" or "k3")).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
                    yield return new RecordedCase(this, name, dialect, merged);
                }
            }
        }
    }

    /// <summary>An array by its case and key: the framework's own one first.</summary>
    public Tensor? Find(string name, string key, KerasDialect dialect = KerasDialect.Keras3)
    {
        var (group, rest) = (name[..name.IndexOf('/', StringComparison.Ordinal)], name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        var own = dialect is KerasDialect.Keras2 ? ".k2" : ".k3";
        var dataset = _file.Root.FindDataset($"{group}{own}/{rest}.{key}") ?? _file.Root.FindDataset($"{group}/{rest}.{key}");
        return dataset?.Read();
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>One case of one framework.</summary>
internal sealed record RecordedCase(RecordedCases File, string Name, KerasDialect Dialect, JsonObject Info)
{
    public string Class => Info["class"]!.GetValue<string>();

    /// <summary>The written config, with the options that Keras 3.15 forgets to write (Huber's delta).</summary>
    public JsonObject Config
    {
        get
        {
            var config = Info["config"]!.DeepClone().AsObject();
            foreach (var (key, value) in Info["options"] as JsonObject ?? [])
            {
                config[key] = value?.DeepClone();
            }

            return config;
        }
    }

    public override string ToString() => $"{Name} ({Dialect})";

    public Tensor? Find(string key) => File.Find(Name, key, Dialect);

    public Tensor Input(string key) => File.Find("data/" + Info[key]!.GetValue<string>(), "value")!;
}
