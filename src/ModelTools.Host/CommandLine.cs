using System.Reflection;

namespace ModelTools.Host;

/// <summary>What to do with one start of the program.</summary>
internal enum InvocationKind
{
    Help,
    Version,
    Script,
    Command,
    Invalid,
}

/// <summary>The command line, understood.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Text">Path of the script, text of the command, or what is wrong.</param>
/// <param name="Arguments">Arguments of the script, as written.</param>
internal sealed record Invocation(InvocationKind Kind, string Text = "", IReadOnlyList<string>? Arguments = null);

/// <summary>Reads the command line of the program.</summary>
internal static class CommandLine
{
    public const string Help =
        """
        modeltools: runs PowerShell with the module ModelTools imported.

        Usage:
          modeltools SCRIPT [ARGUMENT]...    run a script; -Name value and -Switch bind to its parameters
          modeltools -Command TEXT...        run a command
          modeltools --version               print the version
          modeltools --help                  print this text

        The exit code is that of 'exit N', else 0; 1 for an uncaught error, and for a command whose
        last statement failed ($? is false); 130 for Ctrl+C, 64 for a call that is not understood.
        """;

    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static Invocation Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0)
        {
            return new(InvocationKind.Help);
        }

        var rest = arguments.Skip(1).ToArray();
        return arguments[0].ToLowerInvariant() switch
        {
            "-h" or "-?" or "--help" or "-help" => new(InvocationKind.Help),
            "--version" or "-version" => new(InvocationKind.Version),
            "-c" or "-command" or "--command" when rest.Length == 0 => new(InvocationKind.Invalid, "-Command needs a command."),
            "-c" or "-command" or "--command" => new(InvocationKind.Command, string.Join(' ', rest)),
            "-f" or "-file" or "--file" when rest.Length == 0 => new(InvocationKind.Invalid, "-File needs a script."),
            "-f" or "-file" or "--file" => new(InvocationKind.Script, rest[0], rest[1..]),
            ['-', ..] => new(InvocationKind.Invalid, $"The option '{arguments[0]}' is not known."),
            _ => new(InvocationKind.Script, arguments[0], rest),
        };
    }
}
