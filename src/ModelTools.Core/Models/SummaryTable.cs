using System.Text;

namespace ModelTools.Models;

/// <summary>Draws the rows of a summary in a frame, the first as the heading.</summary>
internal static class SummaryTable
{
    private const int Narrowest = 8;
    private const int NumberColumn = 2;

    /// <summary>Appends the table; cells for which it would be wider than <paramref name="width"/> go on in further lines.</summary>
    public static void Append(StringBuilder text, IReadOnlyList<string[]> rows, int width)
    {
        var widths = Fit([.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))], width);
        AppendRule(text, widths, '┏', '┳', '┓', '━');
        AppendRow(text, rows[0], widths, '┃');
        AppendRule(text, widths, '┡', '╇', '┩', '━');
        foreach (var row in rows.Skip(1))
        {
            AppendRow(text, row, widths, '│');
        }

        AppendRule(text, widths, '└', '┴', '┘', '─');
    }

    private static int[] Fit(int[] widths, int width)
    {
        // The frame and its blanks take three places for each column, and one more.
        for (var excess = widths.Sum() + (3L * widths.Length) + 1 - width; excess > 0; excess--)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(column => column != NumberColumn).MaxBy(column => widths[column]);
            if (widths[widest] <= Narrowest)
            {
                break;
            }

            widths[widest]--;
        }

        return widths;
    }

    private static void AppendRow(StringBuilder text, string[] row, int[] widths, char bar)
    {
        List<string>[] cells = [.. row.Select((cell, column) => Wrapped(cell, widths[column]))];
        for (var line = 0; line < cells.Max(cell => cell.Count); line++)
        {
            text.Append(bar);
            for (var column = 0; column < widths.Length; column++)
            {
                var part = line < cells[column].Count ? cells[column][line] : "";
                text.Append(' ').Append(column == NumberColumn && bar == '│' ? part.PadLeft(widths[column]) : part.PadRight(widths[column])).Append(' ').Append(bar);
            }

            text.AppendLine();
        }
    }

    private static List<string> Wrapped(string cell, int width)
    {
        List<string> lines = [];
        while (cell.Length > width)
        {
            var blank = cell.LastIndexOf(' ', width);
            var end = blank > 0 ? blank : char.IsHighSurrogate(cell[width - 1]) ? width - 1 : width;
            lines.Add(cell[..end].TrimEnd());
            cell = cell[end..].TrimStart();
        }

        return [.. lines, cell];
    }

    private static void AppendRule(StringBuilder text, int[] widths, char left, char middle, char right, char line) =>
        text.Append(left).AppendJoin(middle, widths.Select(width => new string(line, width + 2))).Append(right).AppendLine();
}
