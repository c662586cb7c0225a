using System.Text.RegularExpressions;

namespace ModelTools.Torch.Natives;

/// <summary>Says in plain words why the system refused to load a library.</summary>
internal static partial class LoadFailure
{
    /// <summary>The reason, as one sentence.</summary>
    /// <param name="message">The message of the runtime's exception, which holds the loader's own words among hints for developers.</param>
    public static string Reason(string message)
    {
        if (MissingVersion().Match(message) is { Success: true } version)
        {
            return $"this system's {version.Groups["file"].Value} is too old, version {version.Groups["version"].Value} is needed.";
        }

        if (MissingFile().Match(message) is { Success: true } file)
        {
            return $"it needs {file.Groups["file"].Value}, which is not installed.";
        }

        if (message.Contains("undefined symbol", StringComparison.Ordinal))
        {
            return "it was built for another version of the libraries beside it.";
        }

        if (message.Contains("invalid ELF header", StringComparison.Ordinal) || message.Contains("file too short", StringComparison.Ordinal)
            || message.Contains("wrong ELF class", StringComparison.Ordinal) || message.Contains("0x800700C1", StringComparison.Ordinal))
        {
            return "the file is damaged or was made for another processor.";
        }

        if (message.Contains("cannot allocate memory", StringComparison.OrdinalIgnoreCase) || message.Contains("failed to map segment", StringComparison.Ordinal))
        {
            return "there is not enough memory, or the folder may not hold executable files.";
        }

        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Skip(1).FirstOrDefault() ?? lines.FirstOrDefault() ?? "the system gave no reason.";
    }

    /// <summary>What to do about it, where the reason tells.</summary>
    public static string? Advice(string message) =>
        MissingVersion().IsMatch(message) ? "Use a newer release of the operating system."
        : message.Contains("ld-linux-x86-64", StringComparison.Ordinal) ? "Use a Linux system with glibc; the engine does not run on musl."
        : MissingFile().IsMatch(message) ? "Install the package that holds the missing library."
        : message.Contains("0x8007007E", StringComparison.Ordinal) ? "Install the current Visual C++ redistributable."
        : null;

    [GeneratedRegex(@"(?<file>[\w.+-]+): version `(?<version>[\w.]+)' not found")]
    private static partial Regex MissingVersion();

    [GeneratedRegex(@"(?<file>[\w.+-]+): cannot open shared object file: No such file")]
    private static partial Regex MissingFile();
}
