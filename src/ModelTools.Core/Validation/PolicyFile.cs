using ModelTools.Diagnostics;

namespace ModelTools.Validation;

/// <summary>A file of severities in the manner of <c>.editorconfig</c>: lines such as <c>modeltools.MT3010.severity = warning</c>.</summary>
public static class PolicyFile
{
    /// <summary>Name of the file that is looked for.</summary>
    public static string FileName => ".modeltools";

    private const int MostBytes = 1 << 20;

    /// <summary>The policy with the severities of a file added; those that the policy names itself stay.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelToolsException">MT6001, MT6003: it cannot be read; MT6004: a line is not understood.</exception>
    public static ValidationPolicy Apply(ValidationPolicy policy, string path)
    {
        var severities = policy.Severities;
        foreach (var (id, severity) in Read(path))
        {
            severities = severities.ContainsKey(id) ? severities : severities.Add(id, severity);
        }

        return policy with { Severities = severities };
    }

    /// <summary>The severities in a file, by code.</summary>
    /// <param name="path">The file. Sections in brackets, empty lines and comments (<c>#</c>, <c>;</c>) are passed over, and so are the settings of other programs.</param>
    /// <exception cref="ModelToolsException">MT6001, MT6003: it cannot be read; MT6004: a line is not understood.</exception>
    public static IReadOnlyDictionary<string, FindingSeverity> Read(string path)
    {
        using var file = Tensors.SourceFile.Open(path);
        if (file.Length > MostBytes)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"'{path}' is too large to be a file of severities.") { Path = path };
        }

        var severities = new Dictionary<string, FindingSeverity>(StringComparer.OrdinalIgnoreCase);
        var lines = System.Text.Encoding.UTF8.GetString(file.Read(0, (int)file.Length)).Split('\n');
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1].Trim(' ', '\t', '\r', '\uFEFF');
            if (!line.StartsWith("modeltools.", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var halves = line.Split('=', 2, StringSplitOptions.TrimEntries);
            var key = halves[0].Split('.');
            if (halves.Length != 2 || key.Length != 3 || !key[2].Equals("severity", StringComparison.OrdinalIgnoreCase))
            {
                throw NotUnderstood(path, number, line);
            }

            var code = ErrorCode.Find(key[1]) ?? throw NotUnderstood(path, number, line);
            severities[code.Id] = ParseSeverity(halves[1]) ?? throw NotUnderstood(path, number, line);
        }

        return severities;
    }

    /// <summary>The nearest file of severities: beside the model or in a folder above; null if there is none.</summary>
    /// <param name="modelPath">The model.</param>
    public static string? Find(string modelPath)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(modelPath)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, FileName);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>A severity's name in any case, also <c>suggestion</c>, <c>info</c> and <c>silent</c> as in <c>.editorconfig</c>; null for anything else.</summary>
    /// <param name="text">The name.</param>
    public static FindingSeverity? ParseSeverity(string text) => text.ToUpperInvariant() switch
    {
        "NONE" or "SILENT" => FindingSeverity.None,
        "INFORMATION" or "INFO" or "SUGGESTION" => FindingSeverity.Information,
        "WARNING" => FindingSeverity.Warning,
        "ERROR" => FindingSeverity.Error,
        _ => null,
    };

    private static ModelToolsException NotUnderstood(string path, int number, string line) =>
        new(ErrorCode.InvalidArgument, $"Line {number} of '{path}' is not understood: {line}")
        {
            Path = path,
            Location = $"line {number}",
            Advice = "Write it as 'modeltools.MT3010.severity = warning', with none, information, warning or error.",
        };
}
