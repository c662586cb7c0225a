namespace ModelTools.Torch.Natives;

/// <summary>Counts processor cores: two threads on one core do not compute faster than one.</summary>
internal static class ProcessorCores
{
    private const string Linux = "/sys/devices/system/cpu";

    /// <summary>Physical cores that this process may use; at least 1.</summary>
    public static int Count() => Math.Max(1, Math.Min(Environment.ProcessorCount, OperatingSystem.IsLinux() ? LinuxCores() : Environment.ProcessorCount));

    private static int LinuxCores()
    {
        try
        {
            var cores = Directory.EnumerateDirectories(Linux, "cpu*")
                .Select(folder => Path.Combine(folder, "topology", "thread_siblings_list"))
                .Where(File.Exists)
                .Select(File.ReadAllText)
                .Distinct()
                .Count();
            return cores > 0 ? cores : int.MaxValue;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            // A container may hide the topology; then every processor counts.
            return int.MaxValue;
        }
    }
}
