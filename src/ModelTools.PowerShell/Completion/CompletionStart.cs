using System.Management.Automation;

namespace ModelTools.Completion;

/// <summary>Registers the completions that no parameter declares, when PowerShell imports the module.</summary>
public sealed class CompletionStart : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport() => LayerWordCompleter.Register();
}
