using System.Globalization;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>Writes a tensor <c>[rows, columns]</c>, <c>[rows]</c> or a single number as text; numbers with the shortest digits that give them back.</summary>
internal static class CsvWriter
{
    private const int BlockRows = 1024;

    /// <summary>Writes it, with a line of names in front where there are any.</summary>
    public static void Write(Stream stream, Tensor tensor, IReadOnlyList<string>? names, CancellationToken cancellation)
    {
        if (tensor.Shape.Rank > 2)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedConversion, $"A tensor of shape {tensor.Shape} does not fit into rows and columns.") { Advice = "Reshape the tensor, or write an .npy file." };
        }

        var columns = tensor.Shape.Rank == 2 ? tensor.Shape[1] : 1;
        if (names is not null && names.Count != columns)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"There are {names.Count} names for {columns} columns.");
        }

        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        if (names is not null)
        {
            writer.WriteLine(string.Join(',', names.Select(Quote)));
        }

        var rows = tensor.Shape.Rank == 0 ? 1 : tensor.Shape[0];
        var table = tensor.Reshape([rows, columns]);
        for (var row = 0L; row < rows && columns > 0; row += BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            WriteRows(writer, Words(table.Rows(row, BlockRows)), (int)columns);
        }
    }

    private static void WriteRows(StreamWriter writer, IEnumerable<string> words, int columns)
    {
        var column = 0;
        foreach (var word in words)
        {
            writer.Write(word);
            column = (column + 1) % columns;
            writer.Write(column == 0 ? '\n' : ',');
        }
    }

    private static IEnumerable<string> Words(Tensor tensor) => tensor.DType switch
    {
        DType.Bool => tensor.ToArray<bool>().Select(value => value ? "true" : "false"),
        DType.UInt64 => tensor.ToArray<ulong>().Select(value => value.ToString(CultureInfo.InvariantCulture)),
        DType.Float16 => tensor.ToArray<Half>().Select(value => Name(value.ToString("R", CultureInfo.InvariantCulture))),
        DType.BFloat16 or DType.Float32 => tensor.ToArray<float>().Select(value => Name(value.ToString("R", CultureInfo.InvariantCulture))),
        DType.Float64 => tensor.ToArray<double>().Select(value => Name(value.ToString("R", CultureInfo.InvariantCulture))),
        DType.String => ((StringData)tensor.Data).ToStrings().Select(Quote),
        DType.Complex64 or DType.Complex128 => throw new ModelToolsException(ErrorCode.UnsupportedDType, "Complex numbers have no place in a text file.") { Advice = "Write an .npy file." },
        _ => tensor.ToArray<long>().Select(value => value.ToString(CultureInfo.InvariantCulture)),
    };

    private static string Name(string number) => number switch
    {
        "Infinity" => "inf",
        "-Infinity" => "-inf",
        "NaN" => "nan",
        _ => number,
    };

    private static string Quote(string text) => text.AsSpan().IndexOfAny(",\"\r\n#") < 0 && text.Length > 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
