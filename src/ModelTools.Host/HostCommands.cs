using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace ModelTools.Host;

/// <summary>The everyday cmdlets that PowerShell ships outside of its engine and that this program therefore brings itself.</summary>
internal static class HostCommands
{
    /// <summary>The engine's own commands, providers and formats, and the cmdlets of this program.</summary>
    public static InitialSessionState CreateInitialState()
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (var (name, type) in Find())
        {
            state.Commands.Add(new SessionStateCmdletEntry(name, type, helpFileName: null));
        }

        return state;
    }

    private static IEnumerable<(string Name, Type Type)> Find() =>
        from type in typeof(HostCommands).Assembly.GetTypes()
        let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
        where cmdlet is not null && !type.IsAbstract
        select ($"{cmdlet.VerbName}-{cmdlet.NounName}", type);
}
