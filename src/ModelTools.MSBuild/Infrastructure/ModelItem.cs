using Microsoft.Build.Framework;
using ModelTools.Diagnostics;
using ModelTools.Tensors;
using ModelTools.Validation;

namespace ModelTools.MSBuild;

/// <summary>A <c>ModelFile</c> item: its settings, read from the metadata.</summary>
internal sealed class ModelItem(ITaskItem item, string projectDirectory)
{
    /// <summary>Full path of the model.</summary>
    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(item.ItemSpec, projectDirectory));

    /// <summary>The lock it is held against, or null.</summary>
    public string? Lock => File("Lock");

    /// <summary>Recorded inputs and outputs, or null.</summary>
    public string? GoldenData => File("GoldenData");

    /// <summary>The file of severities: the one that is named, or the nearest one above the model.</summary>
    public string? Policy => File("PolicyFile") ?? Validation.PolicyFile.Find(Path);

    /// <summary>Formats to convert to.</summary>
    public IReadOnlyList<string> ExportAs => List("ExportAs");

    /// <summary>Namespace and name of the class to generate, or null.</summary>
    public string? GenerateClass => Text("GenerateClass");

    /// <summary>Whether the generated class is public.</summary>
    public bool IsClassPublic => string.Equals(Text("ClassAccess"), "public", StringComparison.OrdinalIgnoreCase);

    /// <summary>Path in the output folder, with <c>/</c>.</summary>
    public string TargetPath => (Text("TargetPath") ?? System.IO.Path.GetFileName(Path)).Replace('\\', '/').TrimEnd('/');

    /// <summary>Whether the model itself is copied to the output folder.</summary>
    public bool IsCopied => Text("CopyToOutputDirectory") is { } copy && !copy.Equals("Never", StringComparison.OrdinalIgnoreCase);

    /// <summary>Name under which a converted model is written instead of the file's own, or null.</summary>
    /// <exception cref="ModelToolsException">MT6004: it leads out of the folder.</exception>
    public string? ExportName => Text("ExportName") is not { } name ? null
        : name.Split('/', '\\').All(part => part is not ("" or "." or "..") && !System.IO.Path.IsPathRooted(part)) ? name : throw Bad("ExportName", name);

    /// <summary>Version for a server's layout of folders (<c>name/1</c>), or null.</summary>
    /// <exception cref="ModelToolsException">MT6004: it is not a number, and servers would not look there.</exception>
    public string? ServingVersion => Number("ServingVersion") is { } version and >= 0 ? version.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : Text("ServingVersion") is { } text ? throw Bad("ServingVersion", text) : null;

    /// <summary>Every setting that validation depends on, as one text.</summary>
    public string PolicyText => string.Join('\n', ModelSettings.Policy.Select(name => $"{name}={item.GetMetadata(name)}"));

    /// <summary>Names of settings that are almost right, with the right ones.</summary>
    public IEnumerable<(string Name, string Meant)> Misspelled => ModelSettings.Misspelled(item);

    /// <summary>Looks at settings that are one word out of a few.</summary>
    /// <exception cref="ModelToolsException">MT6004: another word.</exception>
    public void CheckChoices()
    {
        foreach (var (name, value, values) in ModelSettings.Unknown(item))
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"'{value}' is not understood as {name} of this model.") { Path = Path, Advice = $"Use {string.Join(", ", values[..^1])} or {values[^1]}." };
        }
    }

    /// <summary>What is expected of the model.</summary>
    /// <exception cref="ModelToolsException">MT6004: a setting is not understood.</exception>
    public ValidationPolicy ReadPolicy()
    {
        var policy = new ValidationPolicy
        {
            AllowedLayers = List("AllowedLayers"),
            AllowedDTypes = Text("AllowedDTypes") is null ? null : [.. List("AllowedDTypes").Select(name => DTypes.TryParse(name, out var dtype) ? dtype : throw Bad("AllowedDTypes", name))],
            MaximumBytes = Number("MaximumBytes"),
            MaximumParameters = Number("MaximumParameters"),
            ExpectedInputs = Text("Inputs") is { } inputs ? SignatureText.Parse(inputs) : null,
            ExpectedOutputs = Text("Outputs") is { } outputs ? SignatureText.Parse(outputs) : null,
            GoldenPath = GoldenData,
            LockPath = Lock,
        };
        if (Text("Tolerance") is { } tolerance)
        {
            policy = policy with { Tolerance = double.TryParse(tolerance, System.Globalization.CultureInfo.InvariantCulture, out var value) && value >= 0 ? value : throw Bad("Tolerance", tolerance) };
        }

        foreach (var setting in List("Severity"))
        {
            var halves = setting.Split('=', 2, StringSplitOptions.TrimEntries);
            policy = halves.Length == 2 ? policy.WithSeverity(halves[0], halves[1]) : throw Bad("Severity", setting);
        }

        return Policy is { } file ? Validation.PolicyFile.Apply(policy, file) : policy;
    }

    private string? Text(string name) => item.GetMetadata(name).Trim() is { Length: > 0 } text ? text : null;

    private string? File(string name) => Text(name) is { } path ? System.IO.Path.GetFullPath(path, projectDirectory) : null;

    private string[] List(string name) => item.GetMetadata(name).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private long? Number(string name) => Text(name) is not { } text ? null
        : long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : throw Bad(name, text);

    private ModelToolsException Bad(string name, string value) => new(ErrorCode.InvalidArgument, $"'{value}' is not understood as {name} of this model.") { Path = Path };
}
