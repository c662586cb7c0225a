using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Objects;

namespace ModelTools.Formats.KerasH5;

/// <summary>A legacy HDF5 file of Keras that is open: a whole model, or weights only.</summary>
internal sealed class LegacyFile : IDisposable
{
    private const string ConfigAttribute = "model_config";
    private const string LayersAttribute = "layer_names";
    private const string WeightsAttribute = "weight_names";
    private const string WeightsGroup = "model_weights";

    private readonly Hdf5File _file;
    private readonly ModelReadLimits _limits;
    private readonly Hdf5Group _weights;
    private IReadOnlyList<LegacyLayer>? _layers;

    private LegacyFile(Hdf5File file, string path, ModelReadLimits limits)
    {
        _file = file;
        _limits = limits;
        Path = path;
        _weights = IsWeights(file.Root) ? file.Root : file.Root.FindGroup(WeightsGroup) ?? file.Root;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The root group.</summary>
    public Hdf5Group Root => _file.Root;

    /// <summary>True if the file holds a model's structure.</summary>
    public bool HasStructure => Root.Attributes.ContainsKey(ConfigAttribute);

    /// <summary>The version of Keras that wrote the file; "1" where it does not say so, as Keras 1 did not.</summary>
    public string Version => _weights.Text("keras_version") ?? Root.Text("keras_version") ?? "1";

    /// <summary>The engine under the Keras that wrote the file, or null.</summary>
    public string? Backend => _weights.Text("backend") ?? Root.Text("backend");

    /// <summary>The generation that wrote the file.</summary>
    public KerasDialect Dialect => Version.StartsWith('3') ? KerasDialect.Keras3 : KerasDialect.Keras2;

    /// <summary>The layers, with those that have no weights.</summary>
    public IReadOnlyList<LegacyLayer> Layers => _layers ??= [.. (_weights.Names(LayersAttribute) ?? []).Select(name => ReadLayer(name, name))];

    /// <summary>Weights that belong to the model itself; null where the file does not speak of them.</summary>
    public LegacyLayer? TopLevel => _weights.FindGroup(TopLevelGroup) is null ? null : ReadLayer(TopLevelGroup, TopLevelGroup);

    /// <summary>The optimizer's variables, or null.</summary>
    public LegacyLayer? Optimizer => Root.FindGroup("optimizer_weights") is { } group ? new LegacyLayer("optimizer_weights", ReadWeights(group)) : null;

    /// <summary>Name of the group for weights that belong to the model itself.</summary>
    public static string TopLevelGroup => "top_level_model_weights";

    /// <summary>Opens a file.</summary>
    /// <exception cref="ModelToolsException">MT1001: not such a file; MT1002, MT1003: damaged; MT6001, MT6003: cannot be opened.</exception>
    public static LegacyFile Open(string path, ModelReadLimits limits)
    {
        var file = Hdf5File.Open(path, limits);
        try
        {
            if (file.Root.Attributes.ContainsKey("nb_layers"))
            {
                throw new ModelToolsException(ErrorCode.UnsupportedFormat, $"'{path}' holds weights of Keras 0, which numbers its layers instead of naming them.") { Path = path };
            }

            return IsLegacy(file.Root) ? new LegacyFile(file, System.IO.Path.GetFullPath(path), limits)
                : throw new ModelToolsException(ErrorCode.NotAModel, $"'{path}' is an HDF5 file, but not one of Keras: it has neither a model's configuration nor a list of layers.") { Path = path };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file has what makes it a legacy file of Keras.</summary>
    public static bool IsLegacy(Hdf5Group root) =>
        root.Attributes.ContainsKey(ConfigAttribute) || IsWeights(root) || root.Links.Any(link => link.Name == WeightsGroup) || root.Attributes.ContainsKey("nb_layers");

    /// <summary>The model's configuration.</summary>
    /// <exception cref="ModelToolsException">MT1008: the file has none; MT1006: it is not JSON.</exception>
    public ConfigDocument ReadConfiguration()
    {
        var text = Root.Text(ConfigAttribute)
            ?? throw StructureBeside.Missing(Path);
        return ConfigDocument.Parse(text, _limits);
    }

    /// <summary>The training configuration, or null.</summary>
    /// <exception cref="ModelToolsException">MT1006: it is not JSON.</exception>
    public ConfigDocument? ReadTraining() => Root.Text("training_config") is { } text ? ConfigDocument.Parse(text, _limits) : null;

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static bool IsWeights(Hdf5Group root) => root.Attributes.ContainsKey(LayersAttribute) || root.Attributes.ContainsKey(LayersAttribute + "0");

    private LegacyLayer ReadLayer(string name, string path) => new(name, ReadWeights(_weights.Group(path)));

    private static List<LegacyWeight> ReadWeights(Hdf5Group group) => [.. (group.Names(WeightsAttribute) ?? []).Select(name => new LegacyWeight(name, group.Dataset(name)))];
}
