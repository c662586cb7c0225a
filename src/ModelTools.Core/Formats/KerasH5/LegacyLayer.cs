using ModelTools.Formats.Hdf5;

namespace ModelTools.Formats.KerasH5;

/// <summary>The weights that a legacy file keeps for one layer, in the file's order.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Weights">The weights.</param>
internal sealed record LegacyLayer(string Name, IReadOnlyList<LegacyWeight> Weights);

/// <summary>One stored weight.</summary>
/// <param name="Name">Its name, such as <c>dense/kernel:0</c>.</param>
/// <param name="Dataset">Where it is.</param>
internal sealed record LegacyWeight(string Name, Hdf5Dataset Dataset)
{
    /// <summary>The name without the output number that Keras 2 adds: <c>dense/kernel</c>.</summary>
    public string PlainName => Name.LastIndexOf(':') is > 0 and var colon && Name.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? Name[..colon] : Name;

    /// <summary>Whether the name says that it belongs to a layer: <c>inner/dense/kernel</c> to <c>inner</c> and to <c>dense</c>.</summary>
    public bool IsOf(string layer) => $"/{Name}".Contains($"/{layer}/", StringComparison.Ordinal);

    /// <summary>The role: the last part of the name, without the number that makes it unique.</summary>
    public string Role
    {
        get
        {
            var plain = PlainName;
            var tail = plain[(plain.LastIndexOf('/') + 1)..];
            var underscore = tail.LastIndexOf('_');
            return underscore > 0 && underscore < tail.Length - 1 && tail.AsSpan(underscore + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? tail[..underscore] : tail;
        }
    }
}
