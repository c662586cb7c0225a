using System.Management.Automation;
using ModelTools.Host.Terminal;

namespace ModelTools.Host.Commands;

/// <summary>What a user would see of some objects, as text: the engine's <c>Out-Host</c> writes it, the terminal collects it.</summary>
internal static class DisplayText
{
    public static string Of(PSCmdlet caller, IReadOnlyList<PSObject> objects, int? width)
    {
        if (caller.Host.PrivateData?.BaseObject is not TerminalInterface terminal)
        {
            throw new PSInvalidOperationException("Text can only be collected in a host that writes text.");
        }

        terminal.BeginCapture(width);
        var collected = false;
        try
        {
            var pipeline = ScriptBlock.Create("Out-Host").GetSteppablePipeline();
            pipeline.Begin(expectInput: true);
            foreach (var item in objects)
            {
                pipeline.Process(item);
            }

            pipeline.End();
            collected = true;
            return terminal.EndCapture();
        }
        finally
        {
            if (!collected)
            {
                terminal.EndCapture();
            }
        }
    }

    public static string[] Lines(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines is [.., ""] ? lines[..^1] : lines;
    }
}
