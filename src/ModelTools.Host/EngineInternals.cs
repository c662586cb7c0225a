using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace ModelTools.Host;

/// <summary>The few things that PowerShell's own program asks of its engine and that the engine offers to nobody else.</summary>
/// <remarks>The engine's version is fixed by this program's package reference; a test runs each of them.</remarks>
internal static class EngineInternals
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Assembly Engine = typeof(FrontEndCommandBase).Assembly;
    private static readonly Type Shape = Engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.FormatShape", throwOnError: true)!;
    private static readonly Type Formatter = Engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.InnerFormatShapeCommand", throwOnError: true)!;
    private static readonly FieldInfo Implementation = typeof(FrontEndCommandBase).GetField("implementation", Hidden)!;

    /// <summary>Gives a formatting cmdlet the formatter of a shape: <c>Table</c>, <c>List</c> or <c>Wide</c>.</summary>
    public static void AttachFormatter(FrontEndCommandBase cmdlet, string shape) =>
        Implementation.SetValue(cmdlet, Activator.CreateInstance(Formatter, Hidden, binder: null, [Enum.Parse(Shape, shape)], culture: null));

    /// <summary>The exception that tells the commands before this one that no more input is wanted.</summary>
    public static Exception StopUpstream(Cmdlet cmdlet) => (Exception)Activator.CreateInstance(
        Engine.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!, Hidden, binder: null, [cmdlet], culture: null)!;

    /// <summary>An error as an object that <c>Out-Default</c> shows where errors are shown, with the place it came from.</summary>
    public static PSObject ForErrorStream(ErrorRecord error)
    {
        var stream = typeof(PSObject).GetProperty("WriteStream", Hidden)!;
        var marked = PSObject.AsPSObject(error);
        stream.SetValue(marked, Enum.Parse(stream.PropertyType, "Error"));
        return marked;
    }

    /// <summary>Lets <c>exit</c> in the next script end the program, as it does for the script that <c>pwsh -File</c> runs, and not only that script.</summary>
    public static void NextScriptMayExit(Runspace runspace)
    {
        var context = typeof(Runspace).GetProperty("ExecutionContext", Hidden)!.GetValue(runspace)!;
        context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Hidden)!.SetValue(context, true);
    }
}
