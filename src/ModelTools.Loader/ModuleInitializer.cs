using System.Management.Automation;
using System.Runtime.Loader;

namespace ModelTools.Loader;

/// <summary>Connects the cmdlets with their engine when PowerShell imports the module, and lets go when it removes it.</summary>
/// <remarks>
/// An assembly of its own, imported before that of the cmdlets: PowerShell lists the cmdlets' types before it runs any code of
/// theirs, and their parameters have types of the engine. The engine's native libraries come with the first prediction.
/// </remarks>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
        // A module may be imported into several runspaces of one process: one hook is enough.
        AssemblyLoadContext.Default.Resolving -= ModuleLoadContext.ResolveEngine;
        AssemblyLoadContext.Default.Resolving += ModuleLoadContext.ResolveEngine;
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // The hook stays: another runspace may still use the cmdlets, and the context answers for our own names only.
    }
}
