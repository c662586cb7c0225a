using System.Text;

namespace ModelTools.Tensors;

/// <summary>Where NumPy puts the elements of an array, its brackets and its dots.</summary>
/// <param name="shape">Shape of the array, without an empty axis.</param>
/// <param name="edgeItems">What is shown at either end of a long axis; null to show all.</param>
/// <param name="lineWidth">Characters per line.</param>
internal sealed class PreviewLayout(Shape shape, int? edgeItems, int lineWidth)
{
    private const string Dots = "...";

    private int _next;

    /// <summary>Places of the elements that are shown, in order.</summary>
    public IReadOnlyList<long> Shown()
    {
        List<long> places = [0];
        foreach (var (extent, axis) in shape.Select((extent, axis) => (extent, axis)))
        {
            var cut = IsCut(axis);
            var kept = cut ? 2 * edgeItems!.Value : extent;
            var inner = new List<long>();
            foreach (var place in places)
            {
                for (var i = 0L; i < kept; i++)
                {
                    inner.Add((place * extent) + (cut && i >= edgeItems!.Value ? extent - kept + i : i));
                }
            }

            places = inner;
        }

        return places;
    }

    /// <summary>Puts the words of the shown elements together.</summary>
    public string Arrange(IReadOnlyList<string> words)
    {
        _next = 0;
        return Arrange(words, 0, " ", lineWidth);
    }

    private bool IsCut(int axis) => edgeItems is { } edge && shape[axis] > 2L * edge;

    private string Arrange(IReadOnlyList<string> words, int axis, string indent, int width)
    {
        if (axis == shape.Rank)
        {
            return words[_next++];
        }

        var text = axis == shape.Rank - 1 ? ArrangeRow(words, axis, indent, width) : ArrangeRows(words, axis, indent, width);
        return "[" + text[indent.Length..] + "]";
    }

    private string ArrangeRow(IReadOnlyList<string> words, int axis, string indent, int width)
    {
        var text = new StringBuilder();
        var line = new StringBuilder(indent);
        foreach (var (word, last) in Items(axis, () => words[_next++]))
        {
            if (line.Length + word.Length > width - 1 && line.Length > indent.Length)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(indent);
            }

            line.Append(word).Append(last ? "" : " ");
        }

        return text.Append(line).ToString();
    }

    private string ArrangeRows(IReadOnlyList<string> words, int axis, string indent, int width)
    {
        var text = new StringBuilder();
        foreach (var (rows, last) in Items(axis, () => Arrange(words, axis + 1, indent + " ", width - 1)))
        {
            text.Append(indent).Append(rows).Append('\n', last ? 0 : shape.Rank - axis - 1);
        }

        return text.ToString();
    }

    private IEnumerable<(string Text, bool Last)> Items(int axis, Func<string> next)
    {
        var count = IsCut(axis) ? 2 * edgeItems!.Value : shape[axis];
        for (var i = 0L; i < count; i++)
        {
            if (IsCut(axis) && i == edgeItems)
            {
                yield return (Dots, false);
            }

            yield return (next(), i == count - 1);
        }
    }
}
