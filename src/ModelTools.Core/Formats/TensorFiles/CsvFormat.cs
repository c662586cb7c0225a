using System.Globalization;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>Text files as tensors <c>[rows, columns]</c>.</summary>
internal static class CsvFormat
{
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>Whether a file's first bytes are text.</summary>
    public static bool Matches(ReadOnlySpan<byte> head) =>
        head.StartsWith("\uFEFF"u8) || head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || (!head.IsEmpty && head.IndexOfAnyInRange((byte)0, (byte)8) < 0);

    /// <summary>Reads the rows and columns that are wanted.</summary>
    public static Tensor Read(DataSource source, TensorReadOptions options)
    {
        var separator = options.Separator ?? GuessSeparator(source.Peek);
        if (separator is '"' or '\n' or '\r' or '#')
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, "Fields cannot be separated by quotation marks, line ends or number signs.");
        }

        using var text = new StreamReader(source.AsStream(), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        var reader = new CsvReader(text, separator, options.Limits.MaximumTextBytes);
        try
        {
            return Read(reader, source, options);
        }
        catch (DecoderFallbackException error)
        {
            throw source.Corrupt($"it is not UTF-8 text near line {reader.Line}", error);
        }
    }

    private static Tensor Read(CsvReader reader, DataSource source, TensorReadOptions options)
    {
        if (!reader.Read())
        {
            throw source.Corrupt("it has no rows");
        }

        var width = reader.FieldCount;
        var wantsText = options.DType == DType.String;
        var isHeader = options.Header ?? (!wantsText && Enumerable.Range(0, width).Any(i => !CsvNumber.IsNumber(reader.Field(i))));
        var columns = ChooseColumns(reader, isHeader, options.Columns);
        ICsvCells cells = wantsText ? new CsvTextCells() : new CsvNumberCells(options.DType ?? (options.DivideBy is null ? null : DType.Float32));
        var rows = 0L;
        var skipped = 0L;
        for (var more = !isHeader || reader.Read(); more; more = reader.Read())
        {
            if (reader.FieldCount != width)
            {
                throw reader.Error($"the row has {reader.FieldCount} fields; the first one has {width}", Math.Min(reader.FieldCount, width) - 1);
            }

            if (skipped < options.Skip)
            {
                skipped++;
                continue;
            }

            if (rows == options.First)
            {
                break;
            }

            foreach (var column in columns)
            {
                cells.Add(reader, column);
            }

            rows++;
        }

        return cells.ToTensor([rows, columns.Length]);
    }

    private static int[] ChooseColumns(CsvReader reader, bool isHeader, IReadOnlyList<string>? wanted)
    {
        var names = new string[reader.FieldCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = isHeader ? reader.Field(i).Trim().ToString() : (i + 1).ToString(CultureInfo.InvariantCulture);
        }

        return wanted is null ? [.. Enumerable.Range(0, names.Length)] : [.. wanted.Select(name => Array.IndexOf(names, name) is >= 0 and var index ? index : Missing(name, names))];
    }

    private static int Missing(string name, string[] names) => throw new ModelToolsException(ErrorCode.UnknownName, $"There is no column '{name}'; there are {string.Join(", ", names.Take(20))}{(names.Length > 20 ? ", …" : "")}.");

    /// <summary>The separator that the first line has most of, outside of quotation marks.</summary>
    private static char GuessSeparator(ReadOnlySpan<byte> head)
    {
        var counts = new int[Separators.Length];
        var quoted = false;
        var comment = !head.IsEmpty && head[0] == '#';
        foreach (var value in head)
        {
            if (value is (byte)'\n' or (byte)'\r' && !quoted)
            {
                if (!comment && counts.Sum() > 0)
                {
                    break;
                }

                comment = false;
                continue;
            }

            quoted ^= value == '"' && !comment;
            if (!quoted && !comment && Array.IndexOf(Separators, (char)value) is >= 0 and var index)
            {
                counts[index]++;
            }
        }

        return Separators[Array.IndexOf(counts, counts.Max())];
    }
}
