namespace ModelTools.Formats.Zip;

/// <summary>Names that a member of an archive may have.</summary>
internal static class ZipNames
{
    /// <summary>False for names that are absolute, go up, or mean something else on another system.</summary>
    public static bool IsSafe(string name) =>
        name.Length > 0 && name[0] != '/' && name.AsSpan().IndexOfAny('\\', '\0', ':') < 0 && !name.Split('/').Contains("..");
}
