using ModelTools.Diagnostics;
using ModelTools.Formats.Zip;
using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>NumPy's archive of named arrays: a ZIP file with one <c>NAME.npy</c> per array.</summary>
internal sealed class NpzFormat
{
    private const string Extension = ".npy";

    private readonly SourceFile _file;
    private readonly ZipReader _archive;

    /// <summary>Reads the directory of an archive.</summary>
    public NpzFormat(SourceFile file, ModelReadLimits limits)
    {
        _file = file;
        _archive = new ZipReader(file, limits);
        Names = [.. _archive.Members.Where(member => member.Name.EndsWith(Extension, StringComparison.Ordinal)).Select(member => member.Name[..^Extension.Length])];
        if (Names.Count == 0)
        {
            throw new ModelToolsException(ErrorCode.CorruptTensorFile, "The archive holds no array (no member NAME.npy).") { Path = file.Path };
        }
    }

    /// <summary>The arrays' names, in the order of the archive.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether a file begins like an archive.</summary>
    public static bool Matches(ReadOnlySpan<byte> head) => head is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..];

    /// <summary>Reads one array; the only one where no name is given.</summary>
    public Tensor Read(TensorReadOptions options)
    {
        if (options.Name is null && Names.Count > 1)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"The archive holds {Names.Count} arrays ({List()}); name one of them.") { Path = _file.Path, Advice = "Name the array with -Name." };
        }

        var name = options.Name ?? Names[0];
        var member = _archive.Find(name + Extension) ?? throw new ModelToolsException(ErrorCode.UnknownName, $"The archive holds no array '{name}'; it holds {List()}.") { Path = _file.Path };
        try
        {
            using var source = DataSource.Open(_archive, member, _file.Path, options);
            return NpyFormat.Read(source, options);
        }
        catch (ModelToolsException error) when (error.Location is null)
        {
            throw new ModelToolsException(error.Code, error.Message, error) { Path = error.Path ?? _file.Path, Location = name, Advice = error.Advice };
        }
    }

    /// <summary>Writes arrays as they are, in their order.</summary>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> tensors, CancellationToken cancellation)
    {
        var archive = new ZipWriter(stream);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors)
        {
            if (!ZipNames.IsSafe(name) || !names.Add(name))
            {
                throw new ModelToolsException(ErrorCode.InvalidArgument, $"'{name}' cannot be the name of an array in an archive, or is used twice.");
            }

            var header = NpyFormat.Header(tensor);
            archive.Add(name + Extension, header.Length + NpyFormat.DataLength(tensor), member =>
            {
                member.Write(header);
                NpyFormat.WriteData(tensor, member, cancellation);
            });
        }

        archive.Finish();
    }

    private string List() => string.Join(", ", Names.Take(10)) + (Names.Count > 10 ? ", …" : "");
}
