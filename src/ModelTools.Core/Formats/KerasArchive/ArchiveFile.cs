using System.Text;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Formats.WeightsH5;
using ModelTools.Formats.Zip;
using ModelTools.Tensors;

namespace ModelTools.Formats.KerasArchive;

/// <summary>A <c>.keras</c> archive that is open for reading.</summary>
internal sealed class ArchiveFile : IDisposable
{
    /// <summary>Who wrote the archive.</summary>
    public const string Metadata = "metadata.json";

    /// <summary>The structure, and how the model is trained.</summary>
    public const string Configuration = "config.json";

    /// <summary>The weights.</summary>
    public const string Weights = "model.weights.h5";

    private const int CopyBytes = 1 << 20;

    private readonly SourceFile _source;
    private readonly ZipReader _zip;
    private readonly ModelReadLimits _limits;

    private ArchiveFile(SourceFile source, ModelReadLimits limits)
    {
        _source = source;
        _limits = limits;
        _zip = new ZipReader(source, limits);
        if (_zip.Find(Configuration) is null)
        {
            throw new ModelToolsException(ErrorCode.MissingPart, $"The archive '{source.Path}' has no member '{Configuration}', which holds the structure of the model.") { Path = source.Path, Location = Configuration };
        }
    }

    /// <summary>Full path.</summary>
    public string Path => _source.Path;

    /// <summary>Bytes of the archive.</summary>
    public long Length => _source.Length;

    /// <summary>The names of the members.</summary>
    public IEnumerable<string> Members => _zip.Members.Select(member => member.Name);

    /// <summary>Opens an archive.</summary>
    /// <exception cref="ModelToolsException">MT1002, MT1007: damaged; MT1008: no structure in it; MT2004, MT2006, MT2007: beyond the limits; MT6001, MT6003: cannot be opened.</exception>
    public static ArchiveFile Open(string path, ModelReadLimits limits)
    {
        var source = SourceFile.Open(path);
        try
        {
            return new ArchiveFile(source, limits);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>A member that is JSON, or null where there is none.</summary>
    /// <exception cref="ModelToolsException">MT1006: it is not JSON; MT1009: damaged; MT2004: too large.</exception>
    public ConfigDocument? ReadJson(string member)
    {
        if (_zip.Find(member) is not { } found)
        {
            return null;
        }

        try
        {
            return ConfigDocument.Parse(_zip.ReadAll(found, _limits.MaximumTextBytes), _limits);
        }
        catch (ModelToolsException error) when (error.Code == ErrorCode.CorruptConfiguration)
        {
            throw new ModelToolsException(error.Code, $"The member '{member}' of the archive is not JSON: {error.Message}", error) { Path = Path, Location = member };
        }
    }

    /// <summary>The version of Keras that wrote the archive, or null where it does not say so.</summary>
    /// <exception cref="ModelToolsException">As for <see cref="ReadJson"/>.</exception>
    public string? ReadVersion() => (ReadJson(Metadata)?.Root as ConfigObject)?.Find("keras_version") is ConfigString version ? version.Value : null;

    /// <summary>The structure.</summary>
    /// <exception cref="ModelToolsException">As for <see cref="ReadJson"/>.</exception>
    public ConfigDocument ReadConfiguration() => ReadJson(Configuration)!;

    /// <summary>A small member as text.</summary>
    /// <exception cref="ModelToolsException">MT1009: damaged; MT2004: too large.</exception>
    public string ReadText(string member) => Encoding.UTF8.GetString(_zip.ReadAll(_zip.Find(member)!, _limits.MaximumTextBytes));

    /// <summary>The weights, read in place where they lie in the archive as they are; else inflated into a temporary file that goes away with them.</summary>
    /// <param name="verify">Compare the checksum of the member first, which reads it once.</param>
    /// <param name="owned">What is closed with the weights.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ModelToolsException">MT1008: there are none; MT1001 to MT1003, MT1009: damaged; MT2004: too large.</exception>
    public WeightsFile OpenWeights(bool verify, IDisposable? owned = null, CancellationToken cancellation = default)
    {
        IDisposable[] closed = owned is null ? [] : [owned];
        var member = _zip.Find(Weights) ?? throw new ModelToolsException(ErrorCode.MissingPart, $"The archive '{Path}' has no member '{Weights}', which holds the weights.") { Path = Path, Location = Weights };
        if (member.IsStored)
        {
            if (verify)
            {
                Copy(member, null, cancellation);
            }

            return new WeightsFile(Path, [OpenHdf5(() => Hdf5File.Open(_source, member.DataOffset, member.Length, _limits))], _limits, closed);
        }

        var inflated = Inflate(member, cancellation);
        try
        {
            return new WeightsFile(Path, [OpenHdf5(() => Hdf5File.Open(inflated, 0, inflated.Length, _limits))], _limits, [inflated, .. closed]);
        }
        catch
        {
            inflated.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private Hdf5File OpenHdf5(Func<Hdf5File> open)
    {
        try
        {
            return open();
        }
        catch (ModelToolsException error) when (error.Code == ErrorCode.NotAModel)
        {
            throw new ModelToolsException(ErrorCode.CorruptHdf5, $"The member '{Weights}' of the archive is not an HDF5 file.", error) { Path = Path, Location = Weights };
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
