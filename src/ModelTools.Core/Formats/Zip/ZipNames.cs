namespace ModelTools.Formats.Zip;

/// <summary>Names that a member of an archive may have.</summary>
internal static class ZipNames
{
    /// <summary>False for names that are absolute, go up, or mean something else on another system.</summary>
    /// <remarks>A colon alone is no harm (<c>input:x.npy</c>): members are found by their names and never become files.</remarks>
    public static bool IsSafe(string name) =>
        name is not ([] or ['/', ..] or [_, ':', '/', ..]) && name.AsSpan().IndexOfAny('\\', '\0') < 0 && !name.Split('/').Contains("..");
}
