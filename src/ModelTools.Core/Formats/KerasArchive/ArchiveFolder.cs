using ModelTools.Diagnostics;
using ModelTools.Formats.WeightsH5;
using ModelTools.Tensors;

namespace ModelTools.Formats.KerasArchive;

/// <summary>An archive that was not zipped (<c>save_model(..., zipped=False)</c>): its members are the files of a folder.</summary>
internal sealed class ArchiveFolder(string path, ModelReadLimits limits) : ArchiveFile(System.IO.Path.GetFullPath(path), limits)
{
    private readonly ModelFiles _files = ModelFiles.Of(path);

    /// <inheritdoc/>
    public override long Length => _files.ByteCount;

    /// <inheritdoc/>
    public override IEnumerable<string> Members => _files.Names;

    /// <summary>Whether a folder is such an archive. A configuration alone is not enough: models of other libraries have one of that name.</summary>
    public static bool IsArchive(string path) => Holds(path, Configuration) && (Holds(path, Metadata) || Holds(path, Weights));

    /// <inheritdoc/>
    public override void Dispose()
    {
        // No file of the folder stays open.
    }

    /// <inheritdoc/>
    protected override bool Has(string member) => _files.Names.Contains(member);

    /// <inheritdoc/>
    protected override byte[] ReadAll(string member)
    {
        using var file = OpenMember(member);
        return file.Length <= Limits.MaximumTextBytes ? file.Read(0, (int)file.Length)
            : throw new ModelToolsException(ErrorCode.SizeLimit, $"The member '{member}' has {file.Length} bytes; at most {Limits.MaximumTextBytes} are read.") { Path = Path, Location = member };
    }

    /// <inheritdoc/>
    protected override WeightsFile OpenWeights(bool verify, IReadOnlyList<IDisposable> owned, CancellationToken cancellation)
    {
        var source = OpenMember(Weights);
        try
        {
            return new WeightsFile(Path, [OpenHdf5(source, 0, source.Length)], Limits, [source, .. owned]);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static bool Holds(string folder, string member) => File.Exists(System.IO.Path.Combine(folder, member));

    private SourceFile OpenMember(string member) => SourceFile.Open(System.IO.Path.Combine(Path, member));
}
