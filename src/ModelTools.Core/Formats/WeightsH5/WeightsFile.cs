using System.Globalization;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Tensors;

namespace ModelTools.Formats.WeightsH5;

/// <summary>Keras 3's weights that are open for reading: one HDF5 file, several shards, or a member of an archive.</summary>
internal sealed class WeightsFile : IDisposable
{
    private const string VariablesGroup = "vars";

    private readonly IReadOnlyList<IDisposable> _owned;
    private readonly List<ModelToolsException> _problems = [];
    private readonly List<Hdf5Entry> _datasets = [];
    private readonly List<string> _others = [];

    /// <summary>Lists what files hold; no weight is read.</summary>
    /// <param name="path">The path to name in messages.</param>
    /// <param name="files">The open files.</param>
    /// <param name="limits">Limits for all of them together.</param>
    /// <param name="owned">What is closed with this object.</param>
    public WeightsFile(string path, IReadOnlyList<Hdf5File> files, ModelReadLimits limits, IReadOnlyList<IDisposable> owned)
    {
        (Path, _owned) = (path, owned);
        foreach (var file in files)
        {
            foreach (var entry in file.Root.Walk())
            {
                Add(entry, limits);
            }
        }
    }

    /// <summary>Full path of the file that was opened.</summary>
    public string Path { get; }

    /// <summary>The model.</summary>
    public StoredObject Root { get; } = new("");

    /// <summary>Everything that is refused or damaged.</summary>
    public IReadOnlyList<ModelToolsException> Problems => _problems;

    /// <summary>Every dataset.</summary>
    public IEnumerable<Hdf5Dataset> Datasets => _datasets.Select(entry => (Hdf5Dataset)entry.Node!);

    /// <summary>Datasets that are not variables of anything.</summary>
    public IReadOnlyList<string> Others => _others;

    /// <summary>Opens a file or an index of shards.</summary>
    /// <exception cref="ModelToolsException">MT1001: not such a file; MT1002, MT1003: damaged; MT2006: a shard outside of the folder; MT6001: a shard is missing.</exception>
    public static WeightsFile Open(string path, ModelReadLimits limits)
    {
        var full = System.IO.Path.GetFullPath(path);
        var paths = ShardIndex.IsIndex(full) ? ShardIndex.Read(full, limits) : [full];
        var files = new List<Hdf5File>();
        try
        {
            foreach (var part in paths)
            {
                files.Add(Hdf5File.Open(part, limits));
            }

            return files.Exists(file => IsWeights(file.Root)) ? new WeightsFile(full, files, limits, files)
                : throw new ModelToolsException(ErrorCode.NotAModel, $"'{full}' is an HDF5 file, but not one of weights: it has neither layers nor variables.") { Path = full };
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <summary>Whether a file has what makes it one of Keras 3's weights.</summary>
    public static bool IsWeights(Hdf5Group root) =>
        root.Links.Any(link => link.Name is WeightTree.Layers or WeightTree.OlderLayers or VariablesGroup || link.Name.Contains('\\', StringComparison.Ordinal))
        || root.Links.Any(link => link.Kind is Hdf5LinkKind.Hard && root.Open(link) is Hdf5Group group && group.Links.Any(inner => inner.Name == VariablesGroup));

    /// <summary>Refuses a file in which anything is refused or damaged.</summary>
    /// <exception cref="ModelToolsException">The first problem.</exception>
    public void RequireSound()
    {
        if (_problems.Count > 0)
        {
            throw _problems[0];
        }
    }

    /// <summary>All tensors, one after the other.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> ReadTensors()
    {
        RequireSound();
        return Datasets.Where(dataset => dataset.ElementType is not null).Select(dataset => KeyValuePair.Create(dataset.Path, dataset.Read()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _owned)
        {
            file.Dispose();
        }
    }

    private void Add(Hdf5Entry entry, ModelReadLimits limits)
    {
        if (entry.Problem is { } problem)
        {
            _problems.Add(problem);
        }

        // Keras 2 on Windows joined the names with '\'.
        var names = entry.Path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        if (names.Length > limits.MaximumDepth)
        {
            throw new ModelToolsException(ErrorCode.StructureLimit, $"'{entry.Path}' is nested more than {limits.MaximumDepth} groups deep.") { Path = Path, Location = entry.Path };
        }

        if (entry.Node is Hdf5Dataset dataset)
        {
            _datasets.Add(entry);
            AddVariable(names, dataset);
        }
        else if (entry.Node is Hdf5Group group)
        {
            var isVariables = names is [.., VariablesGroup];
            var item = At(isVariables ? names[..^1] : names);
            if (isVariables)
            {
                item.Name ??= group.Attributes.ContainsKey("name") ? group.Text("name") : null;
            }
        }
    }

    private void AddVariable(string[] names, Hdf5Dataset dataset)
    {
        if (names is not [.., VariablesGroup, var last] || !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !At(names[..^2]).Add(number, dataset))
        {
            _others.Add(dataset.Path);
        }
    }

    private StoredObject At(string[] names)
    {
        var item = Root;
        foreach (var name in names)
        {
            item = item.Make(name);
        }

        return item;
    }
}
