using System.Runtime.InteropServices;
using ModelTools.Diagnostics;

namespace ModelTools.Torch;

/// <summary>Turns the engine's exceptions into ours.</summary>
internal static class EngineFailure
{
    /// <summary>Runs a piece of work; what the engine throws becomes MT5003 with the first line of its message.</summary>
    public static T Translate<T>(string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is ExternalException or ArgumentException or InvalidOperationException)
        {
            throw new ModelToolsException(ErrorCode.EngineFailed, $"The engine cannot {what}: {FirstLine(failure.Message)}", failure);
        }
    }

    private static string FirstLine(string message)
    {
        var end = message.IndexOf('\n', StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).Trim().TrimEnd('.') + ".";
    }
}
