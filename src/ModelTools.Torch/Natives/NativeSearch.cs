using System.Runtime.InteropServices;
using ModelTools.Diagnostics;

namespace ModelTools.Torch.Natives;

/// <summary>Finds the engine's native libraries: <c>MODELTOOLS_TORCH</c>, beside our assemblies, the user's own folder, the NuGet package folders.</summary>
internal static class NativeSearch
{
    /// <summary>The environment variable that names the folder; when it is set, nowhere else is searched.</summary>
    public const string Variable = "MODELTOOLS_TORCH";

    /// <summary>The libraries.</summary>
    /// <exception cref="ModelToolsException">MT5001: they are nowhere, or there is no engine for this platform.</exception>
    public static NativeFiles Find() => Find(Environment.GetEnvironmentVariable(Variable), [.. Beside(), .. Installed(), .. PackageFolders.All()]);

    /// <summary>The libraries, in the folder that the user named or else in the first root that holds all of them.</summary>
    public static NativeFiles Find(string? named, IReadOnlyList<string> roots)
    {
        if (NativePlatform.Current is not { } platform)
        {
            throw NoEngine();
        }

        if (!string.IsNullOrEmpty(named))
        {
            return NativeFiles.Below(named, platform) ?? throw new ModelToolsException(
                ErrorCode.EngineMissing,
                $"{Variable} names the folder \"{named}\", which does not hold {string.Join(", ", platform.Libraries)} and {platform.Binding}.")
            {
                Path = named,
                Advice = $"Correct {Variable}, or remove it so that the engine is looked for in the usual places.",
            };
        }

        return roots.Select(root => NativeFiles.Below(root, platform)).FirstOrDefault(files => files is not null) ?? throw new ModelToolsException(
            ErrorCode.EngineMissing,
            $"{platform.Libraries[1]} {NativePlatform.LibTorchVersion} and {platform.Binding} were not found in: {string.Join(", ", roots)}.");
    }

    /// <summary>The error of a platform that the engine does not run on.</summary>
    public static ModelToolsException NoEngine() =>
        new(ErrorCode.EngineMissing, $"There is no engine for {RuntimeInformation.RuntimeIdentifier}; it runs on linux-x64, win-x64 and osx-arm64.")
        {
            Advice = "Run predictions and training on one of these platforms; everything else works here.",
        };

    private static IEnumerable<string> Installed() => NativePlatform.Current is { } platform ? [UserFolder.For(platform)] : [];

    private static IEnumerable<string> Beside()
    {
        string[] assemblies = [typeof(NativeSearch).Assembly.Location, typeof(TorchSharp.DeviceType).Assembly.Location];
        return assemblies
            .Select(Path.GetDirectoryName)
            .OfType<string>()
            .Where(folder => folder.Length > 0)
            .SelectMany(folder => new[] { folder, Path.Combine(folder, "torch") })
            .Distinct();
    }
}
