namespace ModelTools.Torch.Natives;

/// <summary>The folder of the user's own in which the engine is installed.</summary>
internal static class UserFolder
{
    /// <summary>Its path for one platform and the versions that belong together; it need not exist.</summary>
    public static string For(NativePlatform platform) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "ModelTools",
        "engine",
        $"torchsharp-{NativePlatform.TorchSharpVersion}-libtorch-{NativePlatform.LibTorchVersion}-{platform.Rid}");
}
