using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace ModelTools.Host.Terminal;

/// <summary>The PowerShell host: the program as the engine sees it.</summary>
internal sealed class ProgramHost : PSHost
{
    public ProgramHost(TerminalInterface terminal)
    {
        Terminal = terminal;
        PrivateData = PSObject.AsPSObject(terminal);
    }

    public TerminalInterface Terminal { get; }

    /// <summary>What the script asked the program to exit with, if it did.</summary>
    public int? RequestedExitCode { get; private set; }

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "ModelTools Host";

    public override Version Version { get; } = Version.Parse(CommandLine.Version.Split('-')[0]);

    public override PSHostUserInterface UI => Terminal;

    /// <summary>The terminal, for the cmdlets of this program that collect text.</summary>
    public override PSObject PrivateData { get; }

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => RequestedExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new HostException("This host has no prompt to nest.");

    public override void ExitNestedPrompt() => throw new HostException("This host has no prompt to leave.");

    public override void NotifyBeginApplication()
    {
        // A native program writes to the terminal itself.
        Terminal.EndProgress();
    }

    public override void NotifyEndApplication()
    {
    }
}
