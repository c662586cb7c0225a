using System.Text;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Formats.WeightsH5;
using ModelTools.Tensors;

namespace ModelTools.Formats.KerasArchive;

/// <summary>A <c>.keras</c> archive that is open for reading, zipped or as a folder.</summary>
internal abstract class ArchiveFile(string path, ModelReadLimits limits) : IDisposable
{
    /// <summary>Who wrote the archive.</summary>
    public const string Metadata = "metadata.json";

    /// <summary>The structure, and how the model is trained.</summary>
    public const string Configuration = "config.json";

    /// <summary>The weights.</summary>
    public const string Weights = "model.weights.h5";

    /// <summary>Full path.</summary>
    public string Path { get; } = path;

    /// <summary>Bytes of the archive.</summary>
    public abstract long Length { get; }

    /// <summary>The names of the members.</summary>
    public abstract IEnumerable<string> Members { get; }

    /// <summary>Limits for what is read.</summary>
    protected ModelReadLimits Limits { get; } = limits;

    /// <summary>Opens an archive.</summary>
    /// <exception cref="ModelToolsException">MT1002, MT1007: damaged; MT1008: no structure in it; MT2004, MT2006, MT2007: beyond the limits; MT6001, MT6003: cannot be opened.</exception>
    public static ArchiveFile Open(string path, ModelReadLimits limits)
    {
        ArchiveFile archive = Directory.Exists(path) ? new ArchiveFolder(path, limits) : ZippedArchive.OpenZip(path, limits);
        if (!archive.Has(Configuration))
        {
            archive.Dispose();
            throw new ModelToolsException(ErrorCode.MissingPart, $"The archive '{archive.Path}' has no member '{Configuration}', which holds the structure of the model.") { Path = archive.Path, Location = Configuration };
        }

        return archive;
    }

    /// <summary>A member that is JSON, or null where there is none.</summary>
    /// <exception cref="ModelToolsException">MT1006: it is not JSON; MT1009: damaged; MT2004: too large.</exception>
    public ConfigDocument? ReadJson(string member)
    {
        if (!Has(member))
        {
            return null;
        }

        try
        {
            return ConfigDocument.Parse(ReadAll(member), Limits);
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
    public string ReadText(string member) => Encoding.UTF8.GetString(ReadAll(member));

    /// <summary>The weights, read in place where that can be.</summary>
    /// <param name="verify">Compare the checksum of the member first, which reads it once.</param>
    /// <param name="owned">What is closed with the weights.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ModelToolsException">MT1008: there are none; MT1001 to MT1003, MT1009: damaged; MT2004: too large.</exception>
    public WeightsFile OpenWeights(bool verify, IDisposable? owned = null, CancellationToken cancellation = default) =>
        Has(Weights) ? OpenWeights(verify, owned is null ? [] : [owned], cancellation)
        : throw new ModelToolsException(ErrorCode.MissingPart, $"The archive '{Path}' has no member '{Weights}', which holds the weights.") { Path = Path, Location = Weights };

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Whether there is such a member.</summary>
    protected abstract bool Has(string member);

    /// <summary>The bytes of a small member.</summary>
    protected abstract byte[] ReadAll(string member);

    /// <summary>Opens the member that holds the weights, which is there.</summary>
    protected abstract WeightsFile OpenWeights(bool verify, IReadOnlyList<IDisposable> owned, CancellationToken cancellation);

    /// <summary>Opens the weights, which are HDF5 in a sound archive.</summary>
    protected Hdf5File OpenHdf5(SourceFile source, long offset, long length)
    {
        try
        {
            return Hdf5File.Open(source, offset, length, Limits);
        }
        catch (ModelToolsException error) when (error.Code == ErrorCode.NotAModel)
        {
            throw new ModelToolsException(ErrorCode.CorruptHdf5, $"The member '{Weights}' of the archive is not an HDF5 file.", error) { Path = Path, Location = Weights };
        }
    }
}
