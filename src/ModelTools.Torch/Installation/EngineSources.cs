using ModelTools.Diagnostics;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace ModelTools.Torch.Installation;

/// <summary>The NuGet sources that the machine is configured for, with their proxies, credentials and credential plug-ins, or those that the user names.</summary>
internal sealed class EngineSources
{
    private readonly List<PackageSource> _sources;
    private readonly PackageSourceMapping _mapping;

    private EngineSources(List<PackageSource> sources, PackageSourceMapping mapping)
    {
        _sources = sources;
        _mapping = mapping;
    }

    /// <summary>Reads NuGet's configuration.</summary>
    /// <param name="folder">The folder from which configuration files are looked for, up to the root, as NuGet does.</param>
    /// <param name="named">Names of configured sources, addresses of feeds or folders; empty for every enabled source.</param>
    /// <exception cref="ModelToolsException">MT5004: NuGet is not configured properly, or no source is enabled.</exception>
    public static EngineSources Configured(string folder, IReadOnlyList<string> named)
    {
        try
        {
            PluginCredentials.Register();
            var settings = Settings.LoadDefaultSettings(folder);
            var known = new PackageSourceProvider(settings).LoadPackageSources().ToList();
            var sources = named.Count == 0
                ? known.FindAll(source => source.IsEnabled)
                : [.. named.Select(name => known.Find(source => Is(source, name)) ?? new PackageSource(Address(folder, name)))];
            return sources.Count > 0
                ? new EngineSources(sources, named.Count == 0 ? PackageSourceMapping.GetPackageSourceMapping(settings) : new PackageSourceMapping(new Dictionary<string, IReadOnlyList<string>>()))
                : throw new ModelToolsException(ErrorCode.EngineNotInstalled, "No NuGet source is configured and enabled.") { Advice = "Name a source with -Source: a feed's address or a folder with packages." };
        }
        catch (NuGetConfigurationException error)
        {
            throw new ModelToolsException(ErrorCode.EngineNotInstalled, $"NuGet's configuration cannot be used: {error.Message}", error);
        }
    }

    /// <summary>Copies a package from the first source that has it.</summary>
    /// <exception cref="ModelToolsException">MT5004: no source has it, with what each of them answered.</exception>
    public async Task CopyAsync(EnginePackage package, string target, CancellationToken cancellation)
    {
        var answers = new List<string>();
        using var cache = new SourceCacheContext { NoCache = true, DirectDownload = true };
        foreach (var source in _sources.Where(source => IsFor(source, package)))
        {
            try
            {
                await using var file = new FileStream(target, FileMode.Create, FileAccess.ReadWrite);
                var finder = await Repository.Factory.GetCoreV3(source).GetResourceAsync<FindPackageByIdResource>(cancellation).ConfigureAwait(false);
                if (finder is not null && await finder.CopyNupkgToStreamAsync(package.Id, NuGetVersion.Parse(package.Version), file, cache, NullLogger.Instance, cancellation).ConfigureAwait(false))
                {
                    return;
                }

                answers.Add($"{source.Name} does not have it");
            }
            catch (Exception error) when (error is FatalProtocolException or HttpRequestException or IOException or UnauthorizedAccessException)
            {
                cancellation.ThrowIfCancellationRequested();
                answers.Add($"{source.Name}: {(error.InnerException ?? error).Message.TrimEnd('.')}");
            }
        }

        throw new ModelToolsException(ErrorCode.EngineNotInstalled, $"The package {package.Id} {package.Version} cannot be fetched: {(answers.Count == 0 ? "no source is mapped to it" : string.Join("; ", answers))}.");
    }

    private bool IsFor(PackageSource source, EnginePackage package) =>
        !_mapping.IsEnabled || _mapping.GetConfiguredPackageSources(package.Id).Contains(source.Name, StringComparer.OrdinalIgnoreCase);

    private static bool Is(PackageSource source, string name) =>
        string.Equals(source.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(source.Source, name, StringComparison.OrdinalIgnoreCase);

    private static string Address(string folder, string name) =>
        Uri.TryCreate(name, UriKind.Absolute, out var address) && !address.IsFile ? name : Path.GetFullPath(name, folder);
}
