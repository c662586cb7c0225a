using System.ComponentModel;
using System.Diagnostics;

namespace ModelTools.Infrastructure;

/// <summary>Opens a page in the user's browser.</summary>
internal static class BrowserLauncher
{
    /// <summary>Opens a file; the variable BROWSER names the program where the system's own choice is not wanted.</summary>
    /// <returns>False if there is no browser, or nobody at a screen to look at it.</returns>
    public static bool TryOpen(string path)
    {
        var named = Environment.GetEnvironmentVariable("BROWSER");
        if (string.IsNullOrEmpty(named) && !HasScreen())
        {
            return false;
        }

        var start = string.IsNullOrEmpty(named) ? new ProcessStartInfo(path) { UseShellExecute = true } : new ProcessStartInfo(named) { ArgumentList = { path } };
        try
        {
            using var process = Process.Start(start);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    // Without a screen, the opener of a Linux desktop would start a text browser in the terminal that runs PowerShell.
    private static bool HasScreen() =>
        !OperatingSystem.IsLinux()
        || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))
        || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"));
}
