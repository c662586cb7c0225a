using ModelTools.Diagnostics;

namespace ModelTools.Formats.Hdf5;

/// <summary>Something met on a walk through a file.</summary>
/// <param name="Path">Where.</param>
/// <param name="Node">The group, dataset or named type; null where it cannot be opened.</param>
/// <param name="Problem">Why it, or what it holds, is refused; null where all is well.</param>
internal sealed record Hdf5Entry(string Path, Hdf5Object? Node, ModelToolsException? Problem);
