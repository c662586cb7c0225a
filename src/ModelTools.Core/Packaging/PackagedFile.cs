namespace ModelTools.Packaging;

/// <summary>A file on its way into a package.</summary>
/// <param name="PackagePath">Path in the package, with <c>/</c>.</param>
/// <param name="Source">Full path of the file that is copied; null where <paramref name="Text"/> is what is written.</param>
/// <param name="Text">The content of a file that is made for the package.</param>
/// <param name="Bytes">Its length.</param>
public sealed record PackagedFile(string PackagePath, string? Source, string? Text, long Bytes);
