using System.Diagnostics;
using ModelTools.Host;
using ModelTools.Host.Terminal;

namespace ModelTools.PowerShell.Tests.Program;

/// <summary>Runs the program <c>modeltools</c>: inside the test, or in a process of its own where that is the point.</summary>
internal static class HostProcess
{
    /// <summary>Runs the program in this process, with streams that are no terminal.</summary>
    public static ProcessResult RunInside(string input, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = Application.Run(arguments, new TerminalInterface(new StringReader(input), output, error, outputIsTerminal: false, errorIsTerminal: false));
        return new ProcessResult(exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "modeltools.dll");

    public static ProcessResult Run(params string[] arguments)
    {
        using var process = Start(Environment.CurrentDirectory, arguments);
        process.StandardInput.Close();
        return Finish(process);
    }

    public static Process Start(string folder, params string[] arguments) => Process.Start(StartInfo(folder, arguments))!;

    public static ProcessStartInfo StartInfo(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.ArgumentList.Add(Library);
        Array.ForEach(arguments, start.ArgumentList.Add);
        return start;
    }

    public static ProcessResult Finish(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProcessResult(process.ExitCode, output.ReplaceLineEndings("\n"), error.Result.ReplaceLineEndings("\n"));
    }
}

/// <summary>What a process answered.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Error);
