namespace ModelTools.Torch.Installation;

/// <summary>The engine's native libraries as they are installed.</summary>
/// <param name="Path">The folder that holds them.</param>
/// <param name="TorchSharp">Version of TorchSharp that they belong to.</param>
/// <param name="LibTorch">Version of libtorch.</param>
/// <param name="Platform">The platform's runtime identifier, such as <c>linux-x64</c>.</param>
/// <param name="Size">Bytes of all files.</param>
public sealed record EngineInstallation(string Path, string TorchSharp, string LibTorch, string Platform, long Size);
