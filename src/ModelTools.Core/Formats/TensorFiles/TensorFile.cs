using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>Reads and writes files that hold plain arrays: NumPy's <c>.npy</c> and <c>.npz</c>, IDX (MNIST), text, and pictures to read.</summary>
/// <remarks>What a file is, is told by its content, not by its name; each but <c>.npz</c> may be compressed by gzip. Nothing that is read stays open.</remarks>
public static class TensorFile
{
    /// <summary>Reads one tensor.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What to take from it, and as what; null for all, as it is.</param>
    /// <returns>
    /// NumPy, IDX: type and shape of the file. Text: <c>[rows, columns]</c>, int32 or int64 where all numbers are whole, else float32. Pictures:
    /// uint8 <c>[height, width, channels]</c>.
    /// </returns>
    /// <exception cref="ModelToolsException">
    /// MT1002, MT1007, MT1009, MT1010: damaged; MT2004, MT2006, MT2007: unsafe; MT2005: pickled objects; MT4004: elements that tensors do not have; MT4005: no
    /// data file; MT6001, MT6003: it cannot be opened; MT6004, MT6006: an option, a name.
    /// </exception>
    public static Tensor Read(string path, TensorReadOptions? options = null) =>
        Guard(path, options, (file, chosen) => Finish(ReadStored(file, chosen), chosen));

    /// <summary>Reads several files of one shape, such as pictures, and stacks them to a batch.</summary>
    /// <param name="paths">The files, in the order of the batch.</param>
    /// <param name="options">What to take from each, and as what.</param>
    /// <returns>A tensor with one axis more, in front.</returns>
    /// <exception cref="ModelToolsException">As for one file; MT6004: they differ in type or shape.</exception>
    public static Tensor ReadBatch(IReadOnlyList<string> paths, TensorReadOptions? options = null) =>
        TensorSlicing.Stack([.. paths.Select(path => Read(path, options))]);

    /// <summary>Reads every array of a file, under its name; a file of one array gives it under the name of the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What to take from each array, and as what.</param>
    /// <returns>The arrays in the order of the file.</returns>
    /// <exception cref="ModelToolsException">As for one tensor.</exception>
    public static IReadOnlyList<KeyValuePair<string, Tensor>> ReadAll(string path, TensorReadOptions? options = null) =>
        Guard<IReadOnlyList<KeyValuePair<string, Tensor>>>(path, options, (file, chosen) =>
        {
            if (KindOf(file, chosen) != TensorFileKind.Npz)
            {
                return [new(Path.GetFileNameWithoutExtension(path), Finish(ReadStored(file, chosen), chosen))];
            }

            var archive = new NpzFormat(file, chosen.Limits);
            return [.. archive.Names.Select(name => KeyValuePair.Create(name, Finish(archive.Read(chosen with { Name = name }), chosen)))];
        });

    /// <summary>The names of the arrays in an <c>.npz</c> file, without reading them; empty for other files, whose one array has no name.</summary>
    /// <exception cref="ModelToolsException">MT1007: the archive is damaged; MT6001, MT6003: it cannot be opened.</exception>
    public static IReadOnlyList<string> Names(string path) => Guard<IReadOnlyList<string>>(path, null, (file, chosen) =>
        KindOf(file, chosen) == TensorFileKind.Npz ? [.. new NpzFormat(file, chosen.Limits).Names] : []);

    /// <summary>The kind of a file, told by its first bytes; null where it is none of those here.</summary>
    /// <exception cref="ModelToolsException">MT6001, MT6003: it cannot be opened.</exception>
    public static TensorFileKind? Sniff(string path) => Guard(path, null, KindOf);

    /// <summary>Writes one tensor; the format follows from the extension <c>.npy</c>, <c>.npz</c> or <c>.csv</c>.</summary>
    /// <remarks>The file appears whole or not at all, and is the same for the same tensor. bfloat16 has to be converted before, except for text.</remarks>
    /// <param name="path">The target.</param>
    /// <param name="tensor">The tensor; for text of rank 2 at most.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="columns">Names of the columns of a text file; null for none.</param>
    /// <param name="cancellation">Stops the writing; the target stays as it was.</param>
    /// <exception cref="ModelToolsException">MT4003, MT4004: the format does not hold it; MT6002: it exists; MT6003, MT6007: it cannot be written; MT6004: another extension.</exception>
    public static void Write(string path, Tensor tensor, bool overwrite = false, IReadOnlyList<string>? columns = null, CancellationToken cancellation = default)
    {
        Action<Stream> write = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".NPY" => stream =>
            {
                stream.Write(NpyFormat.Header(tensor));
                NpyFormat.WriteData(tensor, stream, cancellation);
            },
            ".NPZ" => stream => NpzFormat.Write(stream, [new("arr_0", tensor)], cancellation),
            ".CSV" => stream => CsvWriter.Write(stream, tensor, columns, cancellation),
            var extension => throw new ModelToolsException(ErrorCode.InvalidArgument, $"Tensors are not written to '{extension}' files.") { Path = path, Advice = "Use the extension .npy, .npz or .csv." },
        };
        AtomicTarget.WriteFile(path, overwrite, write);
    }

    /// <summary>Writes several tensors under their names as <c>.npz</c>.</summary>
    /// <param name="path">The target.</param>
    /// <param name="tensors">Names (which may hold <c>/</c>) and tensors.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="cancellation">Stops the writing; the target stays as it was.</param>
    /// <exception cref="ModelToolsException">As for one tensor; MT6004: a name that is used twice or leaves the archive.</exception>
    public static void WriteAll(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, bool overwrite = false, CancellationToken cancellation = default) =>
        AtomicTarget.WriteFile(path, overwrite, stream => NpzFormat.Write(stream, tensors, cancellation));

    private static T Guard<T>(string path, TensorReadOptions? options, Func<SourceFile, TensorReadOptions, T> read)
    {
        var chosen = options ?? TensorReadOptions.Default;
        chosen.Check();
        using var file = SourceFile.Open(path);
        try
        {
            return read(file, chosen);
        }
        catch (ModelToolsException error) when (error.Path is null)
        {
            throw error.WithPath(file.Path);
        }
    }

    private static TensorFileKind? KindOf(SourceFile file, TensorReadOptions options)
    {
        using var source = DataSource.Open(file, options);
        return KindOf(source);
    }

    private static TensorFileKind? KindOf(DataSource source)
    {
        var head = source.Peek;
        return NpyFormat.Matches(head) ? TensorFileKind.Npy
            : NpzFormat.Matches(head) && !source.IsInflated ? TensorFileKind.Npz
            : ImageFormat.Matches(head) ? TensorFileKind.Image
            : IdxFormat.Matches(head) ? TensorFileKind.Idx
            : CsvFormat.Matches(head) ? TensorFileKind.Csv
            : null;
    }

    private static Tensor ReadStored(SourceFile file, TensorReadOptions options)
    {
        using var source = DataSource.Open(file, options);
        switch (KindOf(source))
        {
            case TensorFileKind.Npy:
                return NpyFormat.Read(source, options);
            case TensorFileKind.Npz:
                return new NpzFormat(file, options.Limits).Read(options);
            case TensorFileKind.Image:
                return ImageFormat.Read(source, options);
            case TensorFileKind.Idx:
                return IdxFormat.Read(source, options);
            case TensorFileKind.Csv:
                return CsvFormat.Read(source, options);
            default:
                throw new ModelToolsException(ErrorCode.UnsupportedFormat, file.Length == 0 ? "The file is empty." : "The file is no array of NumPy, no IDX file, no picture and no text.")
                {
                    Path = file.Path,
                    Advice = "Use Import-Model for a model; for data use .npy, .npz, IDX, .csv, PNG or JPEG.",
                };
        }
    }

    private static Tensor Finish(Tensor tensor, TensorReadOptions options)
    {
        if (options.DivideBy is { } divisor)
        {
            tensor = (options.DType is { } target && target.IsFloating() ? tensor.Cast(target) : tensor).DivideBy(divisor);
        }

        return options.DType is { } wanted ? tensor.Cast(wanted) : tensor;
    }
}
