using System.Management.Automation.Runspaces;

namespace ModelTools.Host;

/// <summary>Gives the words of a command line to a script's parameters, as <c>pwsh -File</c> does.</summary>
internal static class ScriptArguments
{
    /// <summary>The command that runs the script with these arguments.</summary>
    public static Command Bind(string script, IReadOnlyList<string> arguments)
    {
        var command = new Command(script, isScript: false);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(Parameter(argument));
        }

        return command;
    }

    private static CommandParameter Parameter(string argument)
    {
        if (argument is not ['-', var first, ..] || !(char.IsLetter(first) || first == '_'))
        {
            return new CommandParameter(null, argument);
        }

        var colon = argument.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new CommandParameter(argument) : new CommandParameter(argument[..colon], Value(argument[(colon + 1)..]));
    }

    /// <summary><c>-Switch:$false</c> is the one value that text alone could not say.</summary>
    private static object Value(string text) => text.ToLowerInvariant() switch
    {
        "$true" => true,
        "$false" => false,
        _ => text,
    };
}
