using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Help;

/// <summary>A conceptual topic: the text in <c>module/help/about</c>, with the tables of the core in their places.</summary>
/// <param name="FileName">As PowerShell looks for it.</param>
/// <param name="Text">The text.</param>
internal sealed record AboutTopic(string FileName, string Text)
{
    private const int Width = 76;
    private const string Indent = "    ";

    /// <summary>Every topic of a folder of pages.</summary>
    /// <param name="pages">The folder.</param>
    /// <param name="assembly">The assembly of the cmdlets.</param>
    public static IReadOnlyList<AboutTopic> All(string pages, string assembly)
    {
        using var classes = new ClassTable(assembly);
        (string Place, Func<string> Table)[] tables =
        [
            ("{{formats}}", Formats),
            ("{{errors}}", Errors),
            ("{{layers}}", () => classes.Of<Layer>("New-ModelLayer")),
            ("{{optimizers}}", () => classes.Of<Optimizer>("New-ModelOptimizer")),
            ("{{losses}}", () => classes.Of<Loss>("New-ModelLoss")),
            ("{{metrics}}", () => Wrap(string.Join(", ", ObjectRegistry<Metric>.All.Select(schema => schema.ClassName)), Indent)),
        ];
        return
        [
            .. from file in Directory.EnumerateFiles(Path.Combine(pages, "about"), "about_*.txt").Order(StringComparer.Ordinal)
               let text = tables.Aggregate(File.ReadAllText(file).ReplaceLineEndings("\n"), (text, table) => text.Contains(table.Place, StringComparison.Ordinal) ? text.Replace(table.Place, table.Table(), StringComparison.Ordinal) : text)
               select new AboutTopic($"{Path.GetFileNameWithoutExtension(file)}.help.txt", text),
        ];
    }

    private static string Formats()
    {
        (string Name, ModelParts Part)[] parts =
        [
            ("layers", ModelParts.Structure), ("weights", ModelParts.Weights), ("training", ModelParts.TrainingConfiguration),
            ("optimizer", ModelParts.OptimizerState), ("graph", ModelParts.Graph),
        ];
        var text = new StringBuilder();
        var width = ModelFormat.All.Max(format => format.Name.Length) + 2;
        text.Append(Indent).Append("".PadRight(width)).AppendJoin("  ", parts.Select(part => part.Name)).Append('\n');
        foreach (var format in ModelFormat.All)
        {
            var marks = parts.Select(part => ((format.Reads.HasFlag(part.Part) ? "r" : "-") + (format.Writes.HasFlag(part.Part) ? "w" : "-")).PadRight(part.Name.Length));
            text.Append(Indent).Append(format.Name.PadRight(width)).Append(string.Join("  ", marks).TrimEnd()).Append('\n');
        }

        text.Append('\n');
        foreach (var format in ModelFormat.All)
        {
            text.Append(Indent).Append(format.Name.PadRight(width)).Append(format.Title)
                .Append(format.Extensions.Count == 0 ? ", a directory" : $": {string.Join(", ", format.Extensions)}").Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Errors() => string.Join("\n\n", ErrorCode.All.Select(code =>
        $"{Indent}{code.Id}  {char.ToUpperInvariant(code.Title[0])}{code.Title[1..]}.\n{Wrap(code.Advice, Indent + "        ")}"));

    private static string Wrap(string text, string indent)
    {
        var lines = new List<string> { indent };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > indent.Length && lines[^1].Length + word.Length + 1 > Width)
            {
                lines.Add(indent);
            }

            lines[^1] += lines[^1].Length == indent.Length ? word : $" {word}";
        }

        return string.Join('\n', lines);
    }
}
