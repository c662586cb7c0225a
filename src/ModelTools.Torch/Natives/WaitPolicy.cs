using System.Runtime.InteropServices;

namespace ModelTools.Torch.Natives;

/// <summary>Keeps the engine's idle threads from burning the processor.</summary>
/// <remarks>
/// GNU OpenMP lets a thread spin for milliseconds when it waits for another. On a machine with other work to do, the thread that is waited for
/// does not run because of the spinning: small steps then take a hundred times as long. The library reads its settings from the environment
/// when it is loaded, so they are set for that moment, unless the user has set them.
/// </remarks>
internal static partial class WaitPolicy
{
    private const string Spins = "GOMP_SPINCOUNT";
    private const string Policy = "OMP_WAIT_POLICY";

    /// <summary>Runs the loading of libraries under a short spin.</summary>
    public static void During(Action load)
    {
        var applies = OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(Spins) is null && Environment.GetEnvironmentVariable(Policy) is null;
        if (!applies)
        {
            load();
            return;
        }

        // .NET's own environment is a copy that libraries do not see.
        _ = SetVariable(Spins, "2000", 1);
        try
        {
            load();
        }
        finally
        {
            _ = UnsetVariable(Spins);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnsetVariable(string name);
}
