using ModelTools.Torch.Natives;

namespace ModelTools.Torch.Installation;

/// <summary>A NuGet package that the engine's native libraries come in.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="ContentHash">SHA-512 of its content, as lock files of NuGet write it: whoever signs or serves the package, it is the same.</param>
/// <param name="Size">Bytes to fetch, as the public gallery serves it.</param>
internal sealed record EnginePackage(string Id, string Version, string ContentHash, long Size)
{
    private static readonly EnginePackage Binding = new(
        "TorchSharp", NativePlatform.TorchSharpVersion, "HGxs37FGN+JNuLiSeAqc6jGwjDuZepEkq7+FYv1ideNoYy1VsUpky9JEDKviwbR/vCXHLjOwdzHVzJv/snyLwA==", 3345464);

    private static readonly EnginePackage[] Libraries =
    [
        new("libtorch-cpu-linux-x64", NativePlatform.LibTorchVersion, "YGd/F5T77Urmui3LeXOgXP8xqY+RpSZFcMBwV+tBDYMMtxppKyi8O4ajnWSNSmlSctr6KGvSmfGRhmxRGYfbuA==", 128200806),
        new("libtorch-cpu-win-x64", NativePlatform.LibTorchVersion, "Gr1gCbueixwQIEnWiMXyAs4/uAFBar03K+AxZm9BY3t17MFaX9rEIe9Vxz+Cguo9G6dXXOeGAO3W1OEhax74Mw==", 79854046),
        new("libtorch-cpu-osx-arm64", NativePlatform.LibTorchVersion, "i8aTC3F+7JI65Jdr4MfgdVdZpFU/FCn2G1b/yc4Z8FauDgpc2cji3mwDfQy+3KdD+rpDBgCiAdqs8o0v7mDNXw==", 56910439),
    ];

    /// <summary>The packages that hold everything one platform needs.</summary>
    public static IReadOnlyList<EnginePackage> For(NativePlatform platform) => [Libraries.Single(package => package.Id == $"libtorch-cpu-{platform.Rid}"), Binding];
}
