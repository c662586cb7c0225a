using Microsoft.Build.Framework;

namespace ModelTools.MSBuild;

/// <summary>The settings that a <c>ModelFile</c> item can have. MSBuild takes any name and any value; a typing error must not quietly do nothing.</summary>
internal static class ModelSettings
{
    /// <summary>Those that a check depends on.</summary>
    public static readonly string[] Policy = ["PolicyFile", "Severity", "AllowedLayers", "AllowedDTypes", "MaximumBytes", "MaximumParameters", "Inputs", "Outputs", "GoldenData", "Tolerance"];

    private static readonly string[] All = [.. Policy, "Lock", "ExportAs", "ExportName", "ServingVersion", "GenerateClass", "ClassAccess", "Pack", "CopyToOutputDirectory"];

    private static readonly (string Name, string[] Values)[] Choices =
    [
        ("ClassAccess", ["internal", "public"]),
        ("Pack", ["true", "false"]),
        ("CopyToOutputDirectory", ["PreserveNewest", "IfDifferent", "Always", "Never"]),
    ];

    /// <summary>Settings whose value is none of those there are, with the ones there are.</summary>
    public static IEnumerable<(string Name, string Value, string[] Values)> Unknown(ITaskItem item) =>
        from choice in Choices
        let value = item.GetMetadata(choice.Name).Trim()
        where value.Length > 0 && !choice.Values.Contains(value, StringComparer.OrdinalIgnoreCase)
        select (choice.Name, value, choice.Values);

    /// <summary>Names that are written almost like a setting, with the setting; other names are the project's own.</summary>
    public static IEnumerable<(string Name, string Meant)> Misspelled(ITaskItem item) =>
        from name in item.MetadataNames.Cast<string>()
        where !All.Contains(name, StringComparer.OrdinalIgnoreCase)
        let nearest = All.MinBy(setting => Edits(name, setting))
        where Edits(name, nearest) <= Math.Max(1, name.Length / 3)
        select (name, nearest);

    /// <summary>How many letters have to be put in, taken out or changed.</summary>
    private static int Edits(string from, string to)
    {
        var above = Enumerable.Range(0, to.Length + 1).ToArray();
        foreach (var letter in from)
        {
            var row = new int[above.Length];
            row[0] = above[0] + 1;
            for (var i = 0; i < to.Length; i++)
            {
                row[i + 1] = Math.Min(Math.Min(row[i], above[i + 1]) + 1, above[i] + (char.ToUpperInvariant(letter) == char.ToUpperInvariant(to[i]) ? 0 : 1));
            }

            above = row;
        }

        return above[^1];
    }
}
