using ModelTools.Host.Terminal;

namespace ModelTools.Host;

/// <summary>The program: understands its command line and does what it asks.</summary>
internal static class Application
{
    /// <summary>Runs to the end and returns the exit code.</summary>
    public static int Run(string[] arguments, TerminalInterface terminal)
    {
        var invocation = CommandLine.Parse(arguments);
        switch (invocation.Kind)
        {
            case InvocationKind.Help:
                terminal.WriteLine(CommandLine.Help);
                return ExitCodes.Success;
            case InvocationKind.Version:
                terminal.WriteLine(CommandLine.Version);
                return ExitCodes.Success;
            case InvocationKind.Script when !File.Exists(invocation.Text):
                return Refuse(terminal, $"There is no script '{invocation.Text}'.");
            case InvocationKind.Invalid:
                return Refuse(terminal, invocation.Text);
            default:
                return Session.Run(invocation, terminal);
        }
    }

    private static int Refuse(TerminalInterface terminal, string reason)
    {
        terminal.WriteErrorLine(reason);
        terminal.WriteErrorLine("Try 'modeltools --help'.");
        return ExitCodes.Usage;
    }
}
