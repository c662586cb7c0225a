using System.Reflection;
using System.Runtime.Loader;

namespace ModelTools.Loader;

/// <summary>The private home of everything the cmdlets use, so that no version of a dependency meets that of another module.</summary>
/// <remarks>Lives as long as the process: native libraries cannot be unloaded, and a second import uses what the first loaded.</remarks>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private readonly string _folder;
    private readonly AssemblyDependencyResolver _resolver;

    private ModuleLoadContext(string folder)
        : base("ModelTools", isCollectible: false)
    {
        _folder = folder;
        _resolver = new AssemblyDependencyResolver(Path.Combine(folder, "ModelTools.Torch.dll"));
    }

    /// <summary>The one context of this process.</summary>
    public static ModuleLoadContext Instance { get; } =
        new(Path.Combine(Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!, "Dependencies"));

    /// <summary>Answers the default context when the cmdlet assembly asks for the engine, and for nothing else.</summary>
    public static Assembly? ResolveEngine(AssemblyLoadContext context, AssemblyName name) =>
        name.Name is "ModelTools.Core" or "ModelTools.Torch" ? Instance.LoadFromAssemblyName(name) : null;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // A few packages have an assembly of their own for Windows.
        string?[] candidates =
        [
            _resolver.ResolveAssemblyToPath(assemblyName),
            OperatingSystem.IsWindows() ? Path.Combine(_folder, "runtimes", "win", "lib", "net8.0", assemblyName.Name + ".dll") : null,
            Path.Combine(_folder, assemblyName.Name + ".dll"),
        ];
        return candidates.FirstOrDefault(File.Exists) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
}
