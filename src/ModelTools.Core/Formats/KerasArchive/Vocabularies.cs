using System.Globalization;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Formats.WeightsH5;

namespace ModelTools.Formats.KerasArchive;

/// <summary>Puts the vocabularies that an archive keeps as text files (<c>assets/layers/string_lookup/vocabulary.txt</c>) into the configurations of their layers.</summary>
/// <remarks>There Keras reads them too, and a model that has them in its configuration can be written to any format.</remarks>
internal static class Vocabularies
{
    private const string Assets = "assets/";
    private const string FileName = "vocabulary.txt";
    private const string Key = "vocabulary";
    private const int MostFindings = 100;

    /// <summary>The configuration of a model with the vocabularies in it.</summary>
    public static ConfigObject Join(ConfigObject model, ArchiveFile archive, ICollection<ModelFinding> findings)
    {
        var paths = archive.Members.Where(name => name.StartsWith(Assets, StringComparison.Ordinal) && name.EndsWith("/" + FileName, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var joined = paths.Count == 0 ? model : OfModel(model, Assets.TrimEnd('/'), archive, paths, used);
        foreach (var name in archive.Members.Where(name => name is not (ArchiveFile.Metadata or ArchiveFile.Configuration or ArchiveFile.Weights)))
        {
            // A vectorizing layer also writes the vocabulary of the layer inside it, which is the same.
            if (!used.Contains(name) && !used.Any(known => name.StartsWith(known[..^FileName.Length], StringComparison.Ordinal)))
            {
                findings.Add(new ModelFinding(ErrorCode.MissingPart, $"The member '{name}' of the archive belongs to nothing in the model; it is left out.", name));
                if (findings.Count > MostFindings)
                {
                    break;
                }
            }
        }

        return joined;
    }

    private static ConfigObject OfModel(ConfigObject model, string path, ArchiveFile archive, HashSet<string> paths, HashSet<string> used)
    {
        if (model.Find("config") is not ConfigObject config || config.Find("layers") is not ConfigArray layers)
        {
            return model;
        }

        var isSequential = model.Find("class_name") is ConfigString { Value: "Sequential" };
        var places = layers.Select(layer => new WeightNode(NameOf(layer)) { IsRepeated = isSequential && NameOf(layer) == "input_layer" }).ToList();
        var names = WeightTree.Number(places, countsRepeated: false);
        var joined = layers.Select((layer, index) => layer is ConfigObject item ? OfLayer(item, $"{path}/{WeightTree.Layers}/{names[index]}", archive, paths, used) : layer);
        return model.With("config", config.With("layers", ConfigArray.Create(joined)));
    }

    private static ConfigObject OfLayer(ConfigObject layer, string path, ArchiveFile archive, HashSet<string> paths, HashSet<string> used)
    {
        var member = $"{path}/{FileName}";
        if (layer.Find("config") is not ConfigObject config || !paths.Contains(member) || config.Find(Key) is not (null or ConfigNull))
        {
            return OfModel(layer, path, archive, paths, used);
        }

        used.Add(member);
        var isInteger = layer.Find("class_name") is ConfigString { Value: "IntegerLookup" };
        var words = archive.ReadText(member).Split('\n').Select(word => isInteger && long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? ConfigValue.Parse(word) : word);
        return layer.With("config", config.With(Key, ConfigArray.Create(words)));
    }

    private static string NameOf(ConfigValue layer) => (layer as ConfigObject)?.Find("class_name") is ConfigString name ? WeightTree.ListName(name.Value) : "";
}
