using System.Text;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>A lock as text: JSON with one line a layer and a weight, so that a change is a short diff.</summary>
internal static class LockText
{
    /// <summary>Writes.</summary>
    public static string Write(ModelLock models)
    {
        var text = new StringBuilder("{\n");
        text.Append("  \"version\": ").Append(models.Version).Append(",\n  \"models\": [");
        text.AppendJoin(',', models.Models.OrderBy(model => model.Path, StringComparer.Ordinal).Select(Write));
        return text.Append("\n  ]\n}\n").ToString();
    }

    /// <summary>Reads.</summary>
    /// <exception cref="ModelToolsException">MT1012.</exception>
    public static ModelLock Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var root = Object(ConfigDocument.Parse(utf8).Root, "the lock");
            var version = Whole(Member(root, "version"), "version");
            return version == 1
                ? new ModelLock { Models = [.. Items(root, "models").Select(ReadModel)] }
                : throw Damaged($"it has version {version}, and this program reads version 1");
        }
        catch (ModelToolsException error) when (error.Code != ErrorCode.LockDamaged)
        {
            throw Damaged($"it is not JSON ({error.Message.TrimEnd('.')})");
        }
    }

    private static string Write(ModelContract model)
    {
        var text = new StringBuilder("\n    {\n");
        Line("path", model.Path);
        Line("bytes", model.Bytes);
        Line("sha256", model.Sha256);
        Line("digest", model.Digest);
        List("inputs", model.Inputs.Select(Spec));
        List("outputs", model.Outputs.Select(Spec));
        List("layers", model.Layers.Select(layer => ConfigObject.Create(new("name", layer.Name), new("class", layer.ClassName), new("output", Extents(layer.OutputShape)), new("config", layer.ConfigDigest))));
        List("weights", model.Weights.Select(weight => ConfigObject.Create(new("path", weight.Path), new("type", weight.DType.Name()), new("shape", Extents(weight.Shape)), new("digest", weight.Digest))));
        text.Length -= 2;
        return text.Append("\n    }").ToString();

        void Line(string key, ConfigValue value) => text.Append("      \"").Append(key).Append("\": ").Append(value.ToJson()).Append(",\n");

        void List(string key, IEnumerable<ConfigObject> items)
        {
            var lines = string.Join(",\n", items.Select(item => "        " + item.ToJson()));
            text.Append("      \"").Append(key).Append(lines.Length == 0 ? "\": [],\n" : $"\": [\n{lines}\n      ],\n");
        }
    }

    private static ConfigObject Spec(TensorSpec spec) => [new("name", spec.Name), new("type", spec.DType.Name()), new("shape", Extents(spec.Shape))];

    private static ConfigValue Extents(Shape? shape) => shape is null ? ConfigNull.Value : ConfigArray.Create(shape.Select(extent => extent < 0 ? ConfigNull.Value : (ConfigValue)extent));

    private static ModelContract ReadModel(ConfigObject model) => new()
    {
        Path = Text(model, "path"),
        Bytes = Whole(Member(model, "bytes"), "bytes"),
        Sha256 = Text(model, "sha256"),
        Digest = Text(model, "digest"),
        Inputs = [.. Items(model, "inputs").Select(ReadSpec)],
        Outputs = [.. Items(model, "outputs").Select(ReadSpec)],
        Layers = [.. Items(model, "layers").Select(layer => new LayerContract(Text(layer, "name"), Text(layer, "class"), ReadShape(Member(layer, "output")), Text(layer, "config")))],
        Weights = [.. Items(model, "weights").Select(weight => new WeightContract(Text(weight, "path"), ReadType(weight), KnownShape(weight), Text(weight, "digest")))],
    };

    private static TensorSpec ReadSpec(ConfigObject spec) => new(ReadType(spec), KnownShape(spec), Member(spec, "name") is ConfigString name ? name.Value : null);

    private static DType ReadType(ConfigObject owner) => DTypes.TryParse(Text(owner, "type"), out var dtype) ? dtype : throw Damaged($"'{Text(owner, "type")}' is no type");

    private static Shape KnownShape(ConfigObject owner) => ReadShape(Member(owner, "shape")) ?? throw Damaged("a shape is missing");

    private static Shape? ReadShape(ConfigValue value) => value switch
    {
        ConfigNull => null,
        ConfigArray extents => [.. extents.Select(extent => extent is ConfigNull ? Shape.Unknown : Whole(extent, "shape"))],
        _ => throw Damaged("a shape is not a list"),
    };

    private static IEnumerable<ConfigObject> Items(ConfigObject owner, string key) =>
        Member(owner, key) is ConfigArray items ? items.Select(item => Object(item, key)) : throw Damaged($"'{key}' is not a list");

    private static ConfigObject Object(ConfigValue value, string what) => value as ConfigObject ?? throw Damaged($"{what} is not an object");

    private static ConfigValue Member(ConfigObject owner, string key) => owner.Find(key) ?? throw Damaged($"'{key}' is missing");

    private static string Text(ConfigObject owner, string key) => Member(owner, key) is ConfigString text ? text.Value : throw Damaged($"'{key}' is not a text");

    private static long Whole(ConfigValue value, string key) =>
        long.TryParse(value.ToJson(), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : throw Damaged($"'{key}' is not a whole number");

    private static ModelToolsException Damaged(string reason) => new(ErrorCode.LockDamaged, $"The lock cannot be read: {reason}.");
}
