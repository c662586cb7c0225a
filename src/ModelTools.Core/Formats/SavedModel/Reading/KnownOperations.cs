namespace ModelTools.Formats.SavedModel.Reading;

/// <summary>The names of TensorFlow's own operations (2.21, which keeps those of all earlier versions).</summary>
internal static class KnownOperations
{
    private static readonly Lazy<HashSet<string>> Names = new(() =>
    {
        using var stream = typeof(KnownOperations).Assembly.GetManifestResourceStream("ModelTools.Formats.SavedModel.Operations.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    });

    /// <summary>Whether TensorFlow has an operation of this name.</summary>
    public static bool Contains(string operation) => Names.Value.Contains(operation);
}
