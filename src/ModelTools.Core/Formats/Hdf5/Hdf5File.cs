using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5.Structure;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5;

/// <summary>An HDF5 file that is open for reading.</summary>
/// <remarks>
/// Nothing but the superblock is read at first; groups, attributes and datasets follow when they are asked for. No other file is ever opened.
/// Finding one's way about is for one thread at a time; the data of tensors may be read from several.
/// </remarks>
internal sealed class Hdf5File : IDisposable
{
    private readonly SourceFile? _owned;

    private Hdf5File(SourceFile file, long start, long length, ModelReadLimits? limits, SourceFile? owned, bool verify = true)
    {
        _owned = owned;
        var (image, root) = Superblock.Read(file, start, length, limits ?? ModelReadLimits.Default, verify);
        Root = Hdf5Object.Read(image, root, "/", null) as Hdf5Group ?? throw image.Corrupt("The root of the HDF5 file is not a group.");
    }

    /// <summary>The group that holds all others.</summary>
    public Hdf5Group Root { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="limits">What the file may ask for; <see cref="ModelReadLimits.Default"/> if null.</param>
    /// <exception cref="ModelToolsException">MT1001: not HDF5; MT1002: cut off; MT1003, MT1009: damaged; MT2002: one part of several; MT6001, MT6003: cannot be opened.</exception>
    public static Hdf5File Open(string path, ModelReadLimits? limits = null) => Open(path, limits, verify: true);

    /// <summary>Opens a file without verifying the checksums of its structures, to look into one that is damaged.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="limits">What the file may ask for.</param>
    /// <exception cref="ModelToolsException">As for <see cref="Open(string, ModelReadLimits?)"/>, but for MT1009.</exception>
    public static Hdf5File OpenUnverified(string path, ModelReadLimits limits) => Open(path, limits, verify: false);

    /// <summary>Opens a file that lies within another one, such as a stored member of an archive.</summary>
    /// <param name="file">The open file; whoever opened it closes it.</param>
    /// <param name="start">First byte.</param>
    /// <param name="length">Number of bytes.</param>
    /// <param name="limits">What the file may ask for; <see cref="ModelReadLimits.Default"/> if null.</param>
    /// <exception cref="ModelToolsException">As for a file of its own.</exception>
    public static Hdf5File Open(SourceFile file, long start, long length, ModelReadLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, file.Length - length);
        return new Hdf5File(file, start, length, limits, null);
    }

    /// <summary>Whether a file starts as HDF5 does, with or without a user block.</summary>
    public static bool IsHdf5(SourceFile file) => Superblock.Find(file, 0, file.Length) >= 0;

    /// <inheritdoc/>
    public void Dispose() => _owned?.Dispose();

    private static Hdf5File Open(string path, ModelReadLimits? limits, bool verify)
    {
        var file = SourceFile.Open(path);
        try
        {
            return new Hdf5File(file, 0, file.Length, limits, file, verify);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
