using System.Runtime.InteropServices;

namespace ModelTools.Torch.Natives;

/// <summary>What the engine's native libraries are called on one platform, and the order in which they are loaded.</summary>
/// <param name="Rid">The runtime identifier in the packages' folder names.</param>
/// <param name="Libraries">libtorch's libraries, each after those it needs.</param>
/// <param name="Binding">The library that TorchSharp calls.</param>
internal sealed record NativePlatform(string Rid, IReadOnlyList<string> Libraries, string Binding)
{
    /// <summary>Version of the libtorch packages that this TorchSharp was built for.</summary>
    public const string LibTorchVersion = "2.10.0";

    /// <summary>Version of TorchSharp, whose package carries <see cref="Binding"/>.</summary>
    public const string TorchSharpVersion = "0.107.0";

    /// <summary>The platform this process runs on, or null where there is no engine for it.</summary>
    public static NativePlatform? Current { get; } = (RuntimeInformation.ProcessArchitecture, OperatingSystem.IsWindows(), OperatingSystem.IsLinux(), OperatingSystem.IsMacOS()) switch
    {
        (Architecture.X64, _, true, _) => new("linux-x64", ["libc10.so", "libtorch_cpu.so", "libtorch.so"], "libLibTorchSharp.so"),
        (Architecture.X64, true, _, _) => new("win-x64", ["c10.dll", "torch_cpu.dll", "torch.dll"], "LibTorchSharp.dll"),
        (Architecture.Arm64, _, _, true) => new("osx-arm64", ["libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib"], "libLibTorchSharp.dylib"),
        _ => null,
    };

    /// <summary>Where the libtorch package keeps its libraries, below a NuGet package folder.</summary>
    public string LibTorchPackage => Path.Combine($"libtorch-cpu-{Rid}", LibTorchVersion, "runtimes", Rid, "native");

    /// <summary>Where the TorchSharp package keeps <see cref="Binding"/>, below a NuGet package folder.</summary>
    public string TorchSharpPackage => Path.Combine("torchsharp", TorchSharpVersion, "runtimes", Rid, "native");
}
