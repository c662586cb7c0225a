using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ModelTools.Host.Terminal;

namespace ModelTools.Host;

/// <summary>One run of a script or command in a PowerShell engine of its own.</summary>
internal sealed class Session : IDisposable
{
    private readonly ProgramHost _host;
    private readonly Runspace _runspace;
    private PowerShell? _running;
    private bool _interrupted;

    private Session(TerminalInterface terminal)
    {
        _host = new ProgramHost(terminal);
        _runspace = RunspaceFactory.CreateRunspace(_host, HostCommands.CreateInitialState());
        _runspace.Open();
        Runspace.DefaultRunspace = _runspace;
    }

    /// <summary>Runs what the command line asks for and returns the exit code.</summary>
    public static int Run(Invocation invocation, TerminalInterface terminal)
    {
        using var session = new Session(terminal);
        Console.CancelKeyPress += session.OnInterrupt;
        try
        {
            return session.ImportModule() ? session.Invoke(invocation) : ExitCodes.Failure;
        }
        finally
        {
            Console.CancelKeyPress -= session.OnInterrupt;
            session._host.Terminal.EndProgress();
        }
    }

    public void Dispose() => _runspace.Dispose();

    private bool ImportModule()
    {
        if (ModuleLocation.Find() is not { } manifest)
        {
            return true;
        }

        var modules = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(manifest)))!;
        var known = Environment.GetEnvironmentVariable("PSModulePath");
        Environment.SetEnvironmentVariable("PSModulePath", string.IsNullOrEmpty(known) ? modules : modules + Path.PathSeparator + known);
        return Execute(shell => shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("Global").AddParameter("ErrorAction", "Stop"));
    }

    private int Invoke(Invocation invocation)
    {
        if (invocation.Kind == InvocationKind.Command)
        {
            return ExitCode(Execute(shell => shell.AddScript(invocation.Text), isTyped: true));
        }

        EngineInternals.NextScriptMayExit(_runspace);
        return ExitCode(Execute(shell => shell.Commands.AddCommand(ScriptArguments.Bind(Path.GetFullPath(invocation.Text), invocation.Arguments ?? []))));
    }

    private int ExitCode(bool succeeded) => _host.RequestedExitCode
        ?? (_interrupted ? ExitCodes.Interrupted : succeeded && LastStatementSucceeded() ? ExitCodes.Success : ExitCodes.Failure);

    /// <summary>What <c>$?</c> says after the run, by which pwsh too chooses between 0 and 1; always true after a script.</summary>
    private bool LastStatementSucceeded()
    {
        using var shell = PowerShell.Create(_runspace);
        return shell.AddScript("$global:?").Invoke<bool>() is [true];
    }

    /// <summary>Runs a pipeline into <c>Out-Default</c>; an error that ends it is shown as PowerShell shows it.</summary>
    /// <param name="build">Adds the commands.</param>
    /// <param name="isTyped">Whether a user typed it: only such input is in the history, and only after such input the engine keeps <c>$?</c>.</param>
    private bool Execute(Action<PowerShell> build, bool isTyped = false)
    {
        using var shell = PowerShell.Create(_runspace);
        build(shell);
        foreach (var command in shell.Commands.Commands)
        {
            command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        }

        shell.AddCommand("Out-Default");
        _running = shell;
        try
        {
            shell.Invoke(input: null, new PSInvocationSettings { AddToHistory = isTyped });
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException error)
        {
            Show(error);
            return false;
        }
        finally
        {
            _running = null;
        }
    }

    private void Show(RuntimeException error)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Out-Default");
        shell.Invoke(new[] { EngineInternals.ForErrorStream(new ErrorRecord(error.ErrorRecord, error)) });
    }

    private void OnInterrupt(object? sender, ConsoleCancelEventArgs interrupt)
    {
        // The first Ctrl+C lets the pipeline end in order; a second one ends the process.
        if (!_interrupted && _running is { } running)
        {
            interrupt.Cancel = true;
            _interrupted = true;
            running.BeginStop(null, null);
        }
    }
}
