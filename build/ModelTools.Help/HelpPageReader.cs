namespace ModelTools.Help;

/// <summary>Reads a page: a first heading with the cmdlet's name, sections with two number signs, items with three.</summary>
/// <remarks>README.md in <c>module/help</c> shows the form.</remarks>
internal sealed class HelpPageReader
{
    private const string Fence = "```";

    private readonly string _file;
    private readonly List<(string Section, string? Item, int Line, List<string> Lines)> _blocks = [];
    private string _name = "";

    private HelpPageReader(string file) => _file = file;

    /// <summary>Reads the page of a cmdlet.</summary>
    /// <exception cref="HelpPageException">The page does not have the form.</exception>
    public static HelpPage Read(string file)
    {
        var reader = new HelpPageReader(file);
        reader.Split();
        return new HelpPage(
            file,
            reader._name == Path.GetFileNameWithoutExtension(file) ? reader._name : throw reader.Wrong(1, $"The page is named '{reader._name}' and its file is not."),
            reader.Text("") is [var synopsis] ? synopsis : throw reader.Wrong(2, "A synopsis is one paragraph."),
            reader.Text("Description"),
            reader.Items("Parameters").ToDictionary(item => item.Type, item => item.Text, StringComparer.OrdinalIgnoreCase),
            [.. reader.Blocks("Examples").Select(reader.Example)],
            reader.Items("Inputs"),
            reader.Items("Outputs"),
            reader.Text("Notes"),
            [.. reader.Text("Links").Select(line => line.TrimStart('-', ' '))]);
    }

    /// <summary>Reads parameters that mean the same in many cmdlets.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ReadParameters(string file)
    {
        var reader = new HelpPageReader(file);
        reader.Split();
        return reader.Items("Parameters").ToDictionary(item => item.Type, item => item.Text, StringComparer.OrdinalIgnoreCase);
    }

    private static readonly string[] Sections = ["Description", "Parameters", "Examples", "Inputs", "Outputs", "Notes", "Links"];

    private void Split()
    {
        var number = 0;
        var inCode = false;
        var section = "";
        foreach (var line in File.ReadLines(_file))
        {
            number++;
            inCode ^= line.StartsWith(Fence, StringComparison.Ordinal);
            if (inCode || line.Length == 0 || line[0] != '#')
            {
                if (_blocks.Count > 0)
                {
                    _blocks[^1].Lines.Add(line);
                }
                else if (line.Length > 0)
                {
                    throw Wrong(number, "A page begins with a heading.");
                }

                continue;
            }

            var level = line.TakeWhile(character => character == '#').Count();
            var title = line[level..].Trim();
            switch (level)
            {
                case 1 when _blocks.Count == 0:
                    _name = title;
                    _blocks.Add(("", null, number, []));
                    break;
                case 2 when Sections.Contains(title):
                    section = title;
                    _blocks.Add((section, null, number, []));
                    break;
                case 3 when section.Length > 0:
                    _blocks.Add((section, title, number, []));
                    break;
                default:
                    throw Wrong(number, $"'{line}' is no heading that a page has. The sections are {string.Join(", ", Sections)}.");
            }
        }

        if (inCode)
        {
            throw Wrong(number, "A block of code does not end.");
        }
    }

    private IEnumerable<(string Title, int Line, List<string> Lines)> Blocks(string section) =>
        _blocks.Where(block => block.Section == section && block.Item is not null).Select(block => (block.Item!, block.Line, block.Lines));

    private HelpItem[] Items(string section) => [.. Blocks(section).Select(block => new HelpItem(block.Title, Paragraphs(block.Lines)))];

    private string[] Text(string section) => [.. _blocks.Where(block => block.Section == section && block.Item is null).SelectMany(block => Paragraphs(block.Lines))];

    private HelpExample Example((string Title, int Line, List<string> Lines) block)
    {
        var start = block.Lines.FindIndex(line => line.StartsWith(Fence, StringComparison.Ordinal));
        var end = block.Lines.FindLastIndex(line => line.StartsWith(Fence, StringComparison.Ordinal));
        return start >= 0 && end > start
            ? new HelpExample(block.Title, string.Join('\n', block.Lines.GetRange(start + 1, end - start - 1)), Paragraphs(block.Lines.Skip(end + 1)))
            : throw Wrong(block.Line, "An example has one block of code.");
    }

    // Lines that follow each other are one paragraph; lines of a list are one each. Get-Help shows no backticks.
    private static string[] Paragraphs(IEnumerable<string> lines)
    {
        var paragraphs = new List<string>();
        var open = false;
        foreach (var line in lines.Select(line => line.Trim().Replace("`", "", StringComparison.Ordinal)))
        {
            if (line.Length == 0)
            {
                open = false;
            }
            else if (open && !line.StartsWith("- ", StringComparison.Ordinal))
            {
                paragraphs[^1] += " " + line;
            }
            else
            {
                paragraphs.Add(line);
                open = true;
            }
        }

        return [.. paragraphs];
    }

    private HelpPageException Wrong(int line, string message) => new(_file, line, message);
}
