using System.Diagnostics;
using System.Globalization;

namespace ModelTools.MSBuild.Tests.Support;

/// <summary>Runs <c>dotnet</c> as a user does, with nothing of it left running.</summary>
internal static class Dotnet
{
    private static readonly string Program = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs a command to its end.</summary>
    /// <returns>The exit code and everything that was written.</returns>
    public static (int ExitCode, string Output) Run(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using var process = Start(folder, environment, arguments);
        return Finish(process);
    }

    /// <summary>Starts a command, and presses Ctrl+C as soon as something can be seen.</summary>
    /// <returns>The exit code and everything that was written.</returns>
    public static (int ExitCode, string Output) RunUntil(Func<bool> seen, string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using var process = Start(folder, environment, arguments);
        while (!seen() && !process.WaitForExit(5))
        {
        }

        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        return Finish(process);
    }

    private static (int ExitCode, string Output) Finish(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    private static Process Start(string folder, IReadOnlyDictionary<string, string>? environment, string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["UseSharedCompilation"] = "false";

        // What the runner of these tests set for itself must not reach the builds.
        foreach (var name in new[] { "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly" })
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
