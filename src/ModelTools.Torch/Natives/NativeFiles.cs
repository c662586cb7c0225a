namespace ModelTools.Torch.Natives;

/// <summary>One complete set of the engine's native libraries on disk.</summary>
/// <param name="Libraries">Full paths of libtorch's libraries, in the order of loading.</param>
/// <param name="Binding">Full path of the library that TorchSharp calls.</param>
internal sealed record NativeFiles(IReadOnlyList<string> Libraries, string Binding)
{
    /// <summary>The set below a root, or null if the root does not hold all of it.</summary>
    /// <remarks>A root is a folder with everything in it, the folder of a published program, or a NuGet package folder.</remarks>
    public static NativeFiles? Below(string root, NativePlatform platform)
    {
        var published = Path.Combine(root, "runtimes", platform.Rid, "native");
        string[] libraryFolders = [root, published, Path.Combine(root, platform.LibTorchPackage)];
        string[] bindingFolders = [root, published, Path.Combine(root, platform.TorchSharpPackage)];

        var libraryFolder = libraryFolders.FirstOrDefault(folder => platform.Libraries.All(name => File.Exists(Path.Combine(folder, name))));
        var bindingFolder = bindingFolders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, platform.Binding)));
        return libraryFolder is null || bindingFolder is null ? null
            : new NativeFiles([.. platform.Libraries.Select(name => Path.Combine(libraryFolder, name))], Path.Combine(bindingFolder, platform.Binding));
    }
}
