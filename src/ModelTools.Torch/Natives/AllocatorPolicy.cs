using System.Runtime.InteropServices;

namespace ModelTools.Torch.Natives;

/// <summary>Lets the C library keep freed memory for the next step instead of giving it back to the system each time.</summary>
/// <remarks>
/// A training step takes and frees the same blocks again and again. With glibc's defaults each of them is given back and taken anew, and every page
/// of it has to be mapped and cleared again, which costs more than the arithmetic. What the user set in the environment wins.
/// </remarks>
internal static partial class AllocatorPolicy
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int LargestMapThreshold = 32 << 20;
    private const long LargestKept = 1 << 30;

    /// <summary>Sets the thresholds for this process.</summary>
    public static void Apply()
    {
        if (OperatingSystem.IsLinux()
            && Environment.GetEnvironmentVariable("MALLOC_TRIM_THRESHOLD_") is null
            && Environment.GetEnvironmentVariable("MALLOC_MMAP_THRESHOLD_") is null)
        {
            _ = SetOption(MapThreshold, LargestMapThreshold);
            _ = SetOption(TrimThreshold, (int)Math.Min(LargestKept, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8));
        }
    }

    /// <summary>Gives back what is free now, at the end of a large piece of work.</summary>
    public static void Release()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Trim(0);
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
