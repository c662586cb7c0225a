using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ModelTools.Host;
using ModelTools.Host.Terminal;

namespace ModelTools.PowerShell.Tests.Support;

/// <summary>A fresh PowerShell that has imported the composed module, as a user's would.</summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public ModuleSession(bool import = true, Action<InitialSessionState>? configure = null)
    {
        var state = HostCommands.CreateInitialState();
        configure?.Invoke(state);
        Runspace = RunspaceFactory.CreateRunspace(new ProgramHost(new TerminalInterface(TextReader.Null, _output, _error, outputIsTerminal: false, errorIsTerminal: false)), state);
        Runspace.Open();
        if (import)
        {
            Invoke("param($manifest) Import-Module -Name $manifest -Global -ErrorAction Stop", Manifest);
        }
    }

    /// <summary>Manifest of the composed module.</summary>
    public static string Manifest { get; } = ModuleLocation.Find() ?? throw new FileNotFoundException("The module is composed when the solution is built.");

    /// <summary>Folder of the composed module.</summary>
    public static string Folder { get; } = Path.GetDirectoryName(Manifest)!;

    public Runspace Runspace { get; }

    /// <summary>What was shown on the terminal so far.</summary>
    public string Screen => _output.ToString() + _error;

    /// <summary>Runs a script that must end without any error, and returns what it wrote.</summary>
    public Collection<PSObject> Invoke(string script, params object?[] arguments)
    {
        var result = Run(script, arguments);
        Assert.Null(result.Failure);
        Assert.True(result.Errors.Count == 0, string.Join(Environment.NewLine, result.Errors));
        return result.Output;
    }

    /// <summary>Runs a script and returns everything it did.</summary>
    public SessionResult Run(string script, params object?[] arguments)
    {
        using var shell = System.Management.Automation.PowerShell.Create(Runspace);
        shell.AddScript(script);
        Array.ForEach(arguments, argument => shell.AddArgument(argument));
        var output = new Collection<PSObject>();
        ErrorRecord? failure = null;
        try
        {
            output = shell.Invoke();
        }
        catch (RuntimeException error)
        {
            failure = error.ErrorRecord;
        }

        return new SessionResult(
            output, failure, [.. shell.Streams.Error], [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)], [.. shell.Streams.Progress]);
    }

    public void Dispose() => Runspace.Dispose();
}

/// <summary>What one run of a script did.</summary>
/// <param name="Output">Objects written.</param>
/// <param name="Failure">The error that ended it, if one did.</param>
/// <param name="Errors">Errors that did not end it.</param>
/// <param name="Warnings">Warnings.</param>
/// <param name="Verbose">Verbose lines.</param>
/// <param name="Progress">Progress records.</param>
internal sealed record SessionResult(
    Collection<PSObject> Output, ErrorRecord? Failure, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Warnings, IReadOnlyList<string> Verbose, IReadOnlyList<ProgressRecord> Progress)
{
    /// <summary>The only error, whichever way it came.</summary>
    public ErrorRecord Error => Failure ?? Assert.Single(Errors);
}
