using System.Management.Automation;
using System.Management.Automation.Host;

namespace ModelTools.Host.Terminal;

/// <summary>What PowerShell writes goes to standard output and standard error, coloured where a terminal shows it.</summary>
/// <param name="input">Where answers come from.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="outputIsTerminal">Whether output may be coloured.</param>
/// <param name="errorIsTerminal">Whether errors may be coloured, and progress drawn.</param>
internal sealed partial class TerminalInterface(TextReader input, TextWriter output, TextWriter error, bool outputIsTerminal, bool errorIsTerminal) : PSHostUserInterface
{
    private const string Reset = "\u001b[0m";

    private readonly Lock _lock = new();
    private readonly ProgressBar _progress = new(error, enabled: outputIsTerminal && errorIsTerminal);
    private readonly TerminalRawInterface _raw = new();
    private readonly Stack<StringWriter> _captures = new();

    public override PSHostRawUserInterface RawUI => _raw;

    public override bool SupportsVirtualTerminal => outputIsTerminal;

    /// <summary>The terminal, or what stands in for it, that this process was started with.</summary>
    public static TerminalInterface OfProcess()
    {
        var capable = Environment.GetEnvironmentVariable("TERM") is not "dumb" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new TerminalInterface(Console.In, Console.Out, Console.Error, capable && !Console.IsOutputRedirected, capable && !Console.IsErrorRedirected);
    }

    public override void Write(string value) => Output(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Output(Coloured(value, AnsiColors.Foreground(foregroundColor), AnsiColors.Background(backgroundColor)));

    public override void WriteLine() => Output(Environment.NewLine);

    public override void WriteLine(string value) => Output(value + Environment.NewLine);

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        Write(foregroundColor, backgroundColor, value);
        WriteLine();
    }

    public override void WriteErrorLine(string value)
    {
        var coloured = outputIsTerminal && errorIsTerminal;
        lock (_lock)
        {
            _progress.Hide();
            error.WriteLine(GetOutputString(coloured ? PSStyle.Instance.Formatting.Error + value + Reset : value, coloured));
        }
    }

    public override void WriteWarningLine(string message) => WriteLine(Coloured($"WARNING: {message}", PSStyle.Instance.Formatting.Warning));

    public override void WriteVerboseLine(string message) => WriteLine(Coloured($"VERBOSE: {message}", PSStyle.Instance.Formatting.Verbose));

    public override void WriteDebugLine(string message) => WriteLine(Coloured($"DEBUG: {message}", PSStyle.Instance.Formatting.Debug));

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_lock)
        {
            _progress.Update(record, _raw.WindowSize.Width);
        }
    }

    /// <summary>Removes the progress bar from the screen.</summary>
    public void EndProgress()
    {
        lock (_lock)
        {
            _progress.Hide();
        }
    }

    /// <summary>Collects what is written in plain text until <see cref="EndCapture"/>: how <c>Out-String</c> sees what a user would see.</summary>
    /// <param name="width">Columns to format for; null for the terminal's own.</param>
    public void BeginCapture(int? width)
    {
        lock (_lock)
        {
            _captures.Push(new StringWriter());
            _raw.PushWidth(width);
        }
    }

    /// <summary>What was written since <see cref="BeginCapture"/>.</summary>
    public string EndCapture()
    {
        lock (_lock)
        {
            _raw.PopWidth();
            return _captures.Pop().ToString();
        }
    }

    private void Output(string value)
    {
        lock (_lock)
        {
            if (_captures.TryPeek(out var capture))
            {
                capture.Write(GetOutputString(value, supportsVirtualTerminal: false));
                return;
            }

            _progress.Hide();
            output.Write(GetOutputString(value, SupportsVirtualTerminal));
        }
    }

    private string Coloured(string value, params ReadOnlySpan<string> sequences) =>
        SupportsVirtualTerminal && _captures.Count == 0 ? string.Concat(sequences) + value + Reset : value;
}
