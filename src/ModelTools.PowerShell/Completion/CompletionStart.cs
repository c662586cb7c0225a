using System.Management.Automation;

namespace ModelTools.Completion;

/// <summary>Registers the completions that no parameter declares when PowerShell imports the module, and takes back what the module's end does not.</summary>
public sealed class CompletionStart : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
        LayerWordCompleter.Register();
        CompletionFunction.Extend();
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => CompletionFunction.Restore();
}
