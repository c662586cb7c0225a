using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using ModelTools.Objects;

namespace ModelTools.Help;

/// <summary>The Keras classes of a kind with the parameters that a cmdlet takes for each, as PowerShell itself tells them.</summary>
internal sealed class ClassTable : IDisposable
{
    private const int Width = 76;
    private const double Most = 0.75;
    private const string Indent = "    ";
    private const string Continued = "        ";

    private readonly Runspace _runspace;

    /// <param name="assembly">The assembly of the cmdlets.</param>
    public ClassTable(string assembly)
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (var type in Assembly.LoadFrom(Path.GetFullPath(assembly)).GetTypes().Where(type => !type.IsAbstract))
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet)
            {
                state.Commands.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, helpFileName: null));
            }
        }

        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    /// <summary>What the classes of a kind have in common, then one paragraph for each class: its name and its own parameters.</summary>
    public string Of<T>(string cmdlet)
        where T : KerasObject
    {
        var classes = ObjectRegistry<T>.All.Select(schema => (Name: schema.ClassName, Parameters: Parameters(cmdlet, schema.ClassName).ConvertAll(Syntax))).ToList();
        var common = classes.SelectMany(entry => entry.Parameters).Distinct()
            .Where(syntax => classes.Count(entry => entry.Parameters.Contains(syntax)) > classes.Count * Most)
            .ToList();
        var entries = classes.Select(entry => Wrap([entry.Name, .. entry.Parameters.Except(common), .. Without(common.Except(entry.Parameters))]));
        return $"{Wrap(["All, where nothing else is said:", .. common])}\n\n{string.Join('\n', entries)}";
    }

    public void Dispose() => _runspace.Dispose();

    private List<CommandParameterInfo> Parameters(string cmdlet, string name)
    {
        using var shell = PowerShell.Create(_runspace);
        var command = (CommandInfo)shell.AddCommand("Get-Command").AddParameter("Name", cmdlet).AddParameter("ArgumentList", new[] { name }).Invoke().Single().BaseObject;
        return [.. CmdletDescription.Visible(command.ParameterSets.Single()).Where(parameter => parameter.Name != "ClassName")];
    }

    private static IEnumerable<string> Without(IEnumerable<string> syntaxes)
    {
        var names = syntaxes.Select(syntax => syntax.Trim('[', ']').Split(' ')[0].TrimEnd(']')).ToList();
        return names.Count == 0 ? [] : [.. names[..^1].Select(name => $"{name},").Prepend("(not"), $"{names[^1]})"];
    }

    private static string Syntax(CommandParameterInfo parameter)
    {
        var name = parameter.Position >= 0 ? $"[-{parameter.Name}]" : $"-{parameter.Name}";
        var value = parameter.ParameterType == typeof(SwitchParameter) ? "" : $" <{parameter.ParameterType.Name}>";
        return parameter.IsMandatory ? name + value : $"[{name}{value}]";
    }

    private static string Wrap(IEnumerable<string> words)
    {
        var lines = new List<string>();
        foreach (var word in words)
        {
            if (lines.Count > 0 && lines[^1].Length + word.Length + 1 <= Width)
            {
                lines[^1] += $" {word}";
            }
            else
            {
                lines.Add((lines.Count == 0 ? Indent : Continued) + word);
            }
        }

        return string.Join('\n', lines);
    }
}
