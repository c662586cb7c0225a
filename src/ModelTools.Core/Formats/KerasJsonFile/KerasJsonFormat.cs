using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Formats.KerasJsonFile;

/// <summary>The structure of a model as JSON: what <c>model.to_json()</c> of Keras gives. Weights are not in it.</summary>
public sealed class KerasJsonFormat : IModelFormat
{
    // Enough to see that an object with these members begins.
    private const int PeekBytes = 4096;

    private const string Keras2Version = "2.15.0";

    /// <inheritdoc/>
    public string Name => "KerasJson";

    /// <inheritdoc/>
    public string Title => "Keras model structure (JSON)";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".json"];

    /// <inheritdoc/>
    public ModelParts Reads => ModelParts.Structure;

    /// <inheritdoc/>
    public ModelParts Writes => ModelParts.Structure;

    /// <inheritdoc/>
    public bool Matches(string path, ModelReadLimits limits)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var file = SourceFile.Open(path);
            var start = System.Text.Encoding.UTF8.GetString(file.Read(0, (int)Math.Min(file.Length, PeekBytes))).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
            return start.StartsWith('{') && start.Contains("\"class_name\"", StringComparison.Ordinal) && start.Contains("\"config\"", StringComparison.Ordinal);
        }
        catch (ModelToolsException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public OpenModel Open(string path, ModelReadOptions options) => Guard(path, () => new OpenModel(KerasJson.ReadModel(Parse(path, options.Limits).Root, null, options.Findings), null));

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> ReadTensors(string path, ModelReadOptions options) => [];

    /// <inheritdoc/>
    public WeightAssignment MatchWeights(string path, Model model, ModelReadOptions options) =>
        throw new ModelToolsException(ErrorCode.MissingPart, $"'{path}' holds the structure of a model, but no weights.") { Path = path };

    /// <inheritdoc/>
    public ModelInfo Inspect(string path, ModelReadLimits limits) => Guard(path, () =>
    {
        var findings = new List<ModelFinding>();
        var document = Parse(path, limits);
        findings.AddRange(document.DuplicateKeys.Select(key => new ModelFinding(ErrorCode.CorruptConfiguration, $"The configuration has '{key}' twice; the last one counts.", key)));
        return new ModelInfo
        {
            Path = Path.GetFullPath(path),
            Format = Name,
            FileBytes = new FileInfo(path).Length,
            Parts = ModelParts.Structure,
            WrittenBy = document.Root is ConfigObject root && root.Find("keras_version") is ConfigString version ? "Keras " + version.Value : null,
            Model = KerasJson.ReadModel(document.Root, null, findings),
            Findings = findings,
        };
    });

    /// <inheritdoc/>
    public void Write(Model model, string path, ModelWriteOptions options)
    {
        var dialect = options.Dialect ?? KerasJson.ChooseDialect(model, model.Dialect);
        var structure = KerasJson.WriteModel(model, dialect, dialect is KerasDialect.Keras2 ? KerasForm.Plain : KerasForm.WithModules);
        if (dialect is KerasDialect.Keras2)
        {
            structure = structure.With("keras_version", Keras2Version).With("backend", "tensorflow");
        }

        var text = structure.ToUtf8();
        AtomicTarget.WriteFile(path, options.Force, stream => stream.Write(text));
    }

    /// <inheritdoc/>
    public void WriteWeights(Model model, string path, ModelWriteOptions options) =>
        throw new ModelToolsException(ErrorCode.UnsupportedConversion, "JSON files hold the structure of a model, not its weights.") { Path = path };

    private static ConfigDocument Parse(string path, ModelReadLimits limits)
    {
        using var file = SourceFile.Open(path);
        return file.Length > limits.MaximumTextBytes
            ? throw new ModelToolsException(ErrorCode.SizeLimit, $"'{path}' holds {file.Length} bytes; the limit for text is {limits.MaximumTextBytes}.") { Path = path }
            : ConfigDocument.Parse(file.Read(0, (int)file.Length), limits);
    }

    private static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (ModelToolsException error)
        {
            throw error.WithPath(Path.GetFullPath(path));
        }
    }
}
