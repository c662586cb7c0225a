using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using ModelTools.Formats;
using ModelTools.Models;

namespace ModelTools.Completion;

/// <summary>Finds the model that a command gets, without running anything: in its parameters, or earlier in its pipeline.</summary>
internal static class ModelOnCommandLine
{
    private static readonly ConcurrentDictionary<string, (long Length, DateTime Written, Model? Model)> Seen = new(StringComparer.Ordinal);

    private static readonly HashSet<string> Commands = new(
        typeof(ModelOnCommandLine).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<CmdletAttribute>(inherit: false))
            .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}"),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The model, or null if there is none or it cannot be told.</summary>
    public static Model? Find(CommandAst command)
    {
        try
        {
            return OfCommand(command) ?? (command.Parent is PipelineAst pipeline ? OfElements(pipeline.PipelineElements.TakeWhile(element => element != command)) : null);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The Tab key is no place for errors: the command itself reports them.
            return null;
        }
    }

    /// <summary>The path as the session means it.</summary>
    public static string FullPath(string path) =>
        (string)((PSObject)Ask("$ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($args[0])", path)!).BaseObject;

    // The nearest element that tells counts.
    private static Model? OfElements(IEnumerable<CommandBaseAst> elements) =>
        elements.Reverse().Select(element => element switch
        {
            CommandExpressionAst { Expression: var expression } => OfExpression(expression),
            CommandAst command => OfCommand(command),
            _ => null,
        }).FirstOrDefault(model => model is not null);

    private static Model? OfCommand(CommandAst command)
    {
        // A command of another module may have to be loaded to be asked: only ours are.
        if (command.GetCommandName() is not { } called || !IsOurs(called))
        {
            return null;
        }

        var bound = StaticParameterBinder.BindCommand(command, resolve: true).BoundParameters;
        foreach (var name in new[] { "Model", "InputObject", "LiteralPath", "Path" })
        {
            if (bound.TryGetValue(name, out var argument) && argument.Value is ExpressionAst expression && OfExpression(expression) is { } model)
            {
                return model;
            }
        }

        return null;
    }

    private static bool IsOurs(string name) => name.Split('\\')[^1] is { } plain && Commands.Contains(plain);

    private static Model? OfExpression(ExpressionAst expression) => expression switch
    {
        StringConstantExpressionAst text => OfFile(text.Value),
        VariableExpressionAst variable => OfValue(Ask("$ExecutionContext.SessionState.PSVariable.GetValue($args[0])", variable.VariablePath.UserPath)) ?? OfAssignment(variable),
        ParenExpressionAst { Pipeline: PipelineAst inner } => OfElements(inner.PipelineElements),
        _ => null,
    };

    // In an editor the variable has no value yet, but the script says where it will come from.
    private static Model? OfAssignment(VariableExpressionAst variable)
    {
        Ast root = variable;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        return root.FindAll(node => node is AssignmentStatementAst { Left: VariableExpressionAst left, Right: PipelineAst }
                && left.VariablePath.UserPath.Equals(variable.VariablePath.UserPath, StringComparison.OrdinalIgnoreCase)
                && node.Extent.EndOffset <= variable.Extent.StartOffset, searchNestedScriptBlocks: true)
            .Cast<AssignmentStatementAst>()
            .Select(assignment => OfElements(((PipelineAst)assignment.Right).PipelineElements))
            .LastOrDefault(model => model is not null);
    }

    private static Model? OfValue(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        Model model => model,
        ModelInfo info => info.Model,
        string path => OfFile(path),
        FileSystemInfo file => OfFile(file.FullName),
        _ => null,
    };

    private static Model? OfFile(string path)
    {
        var full = FullPath(path);
        var stamp = Stamp(full);
        if (!Seen.TryGetValue(full, out var seen) || seen.Length != stamp.Length || seen.Written != stamp.LastWriteTimeUtc)
        {
            seen = (stamp.Length, stamp.LastWriteTimeUtc, ModelFile.Inspect(full).Model);
            Seen[full] = seen;
        }

        return seen.Model;
    }

    // A directory does not change when a file in it is written anew.
    private static FileInfo Stamp(string path) =>
        Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles().MaxBy(file => file.LastWriteTimeUtc) ?? throw new FileNotFoundException() : new FileInfo(path);

    private static object? Ask(string script, string argument)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript(script, useLocalScope: false).AddArgument(argument).Invoke().FirstOrDefault();
    }
}
