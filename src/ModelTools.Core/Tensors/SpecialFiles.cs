using System.Formats.Tar;

namespace ModelTools.Tensors;

/// <summary>Tells pipes, sockets and devices from files: opening a pipe waits for its writer, and a device must never be replaced.</summary>
internal static class SpecialFiles
{
    // Where an archive notes what an entry is: '0' stands for a file.
    private const int TypePlace = 156;

    /// <summary>True if there is something at a path that is neither a file nor a directory.</summary>
    /// <param name="path">A full path; links are followed.</param>
    public static bool IsSpecial(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var info = new FileInfo(path);
        var target = info.LinkTarget is null ? path : info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        if (new FileInfo(target) is not { Exists: true, Length: 0 })
        {
            return false;
        }

        // .NET tells this of nothing but the entries of archives, which it makes without opening pipes and devices.
        using var archive = new MemoryStream();
        try
        {
            using var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true);
            writer.WriteEntry(target, "entry");
        }
        catch (IOException)
        {
            return true;
        }

        return archive.GetBuffer()[TypePlace] != (byte)TarEntryType.RegularFile;
    }
}
