using ModelTools.Diagnostics;
using ModelTools.Formats.WeightsH5;
using ModelTools.Formats.Zip;
using ModelTools.Tensors;

namespace ModelTools.Formats.KerasArchive;

/// <summary>An archive as one ZIP file.</summary>
internal sealed class ZippedArchive : ArchiveFile
{
    private const int CopyBytes = 1 << 20;

    private readonly SourceFile _source;
    private readonly ZipReader _zip;

    private ZippedArchive(SourceFile source, ModelReadLimits limits)
        : base(source.Path, limits)
    {
        _source = source;
        _zip = new ZipReader(source, limits);
    }

    /// <inheritdoc/>
    public override long Length => _source.Length;

    /// <inheritdoc/>
    public override IEnumerable<string> Members => _zip.Members.Select(member => member.Name);

    /// <summary>Opens a ZIP file.</summary>
    /// <exception cref="ModelToolsException">MT1002, MT1007: damaged; MT2004, MT2006, MT2007: beyond the limits; MT6001, MT6003: cannot be opened.</exception>
    public static ZippedArchive OpenZip(string path, ModelReadLimits limits)
    {
        var source = SourceFile.Open(path);
        try
        {
            return new ZippedArchive(source, limits);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _source.Dispose();

    /// <inheritdoc/>
    protected override bool Has(string member) => _zip.Find(member) is not null;

    /// <inheritdoc/>
    protected override byte[] ReadAll(string member) => _zip.ReadAll(_zip.Find(member)!, Limits.MaximumTextBytes);

    /// <summary>Reads the weights in place where they lie in the archive as they are; else inflates them into a temporary file that goes away with them.</summary>
    protected override WeightsFile OpenWeights(bool verify, IReadOnlyList<IDisposable> owned, CancellationToken cancellation)
    {
        var member = _zip.Find(Weights)!;
        if (member.IsStored)
        {
            if (verify)
            {
                Copy(member, null, cancellation);
            }

            return new WeightsFile(Path, [OpenHdf5(_source, member.DataOffset, member.Length)], Limits, owned);
        }

        var inflated = Inflate(member, cancellation);
        try
        {
            return new WeightsFile(Path, [OpenHdf5(inflated, 0, inflated.Length)], Limits, [inflated, .. owned]);
        }
        catch
        {
            inflated.Dispose();
            throw;
        }
    }

    private SourceFile Inflate(ZipMember member, CancellationToken cancellation)
    {
        var path = System.IO.Path.GetTempFileName();
        try
        {
            using (var target = File.Create(path))
            {
                Copy(member, target, cancellation);
            }

            return SourceFile.Open(path);
        }
        catch (IOException error)
        {
            throw new ModelToolsException(ErrorCode.WriteFailed, $"The weights of '{Path}' are compressed and cannot be inflated into a temporary file: {error.Message}", error) { Path = Path };
        }
        finally
        {
            // The open file stays readable until it is closed.
            File.Delete(path);
        }
    }

    private void Copy(ZipMember member, FileStream? target, CancellationToken cancellation)
    {
        using var stream = _zip.Open(member);
        var buffer = new byte[CopyBytes];
        while (stream.Read(buffer) is > 0 and var count)
        {
            cancellation.ThrowIfCancellationRequested();
            target?.Write(buffer, 0, count);
        }
    }
}
