
namespace ModelTools.Tensors;

/// <summary>Elements as text, as NumPy prints them: aligned, long axes cut in the middle.</summary>
public static class TensorPreview
{
    /// <summary>The elements in brackets, one line per innermost row (more where a row is long).</summary>
    /// <param name="tensor">Any tensor; only the elements that are shown are read.</param>
    /// <param name="threshold">Number of elements above which long axes are cut.</param>
    /// <param name="edgeItems">What is shown at either end of an axis that is cut.</param>
    /// <param name="lineWidth">Characters per line.</param>
    public static string Preview(this Tensor tensor, long threshold = 1000, int edgeItems = 3, int lineWidth = 75)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(edgeItems, 1);
        if (tensor.ElementCount == 0)
        {
            return "[]";
        }

        var layout = new PreviewLayout(tensor.Shape, tensor.ElementCount > threshold ? edgeItems : null, lineWidth);
        var words = ElementWords.Format(Gather(tensor, layout.Shown()));
        return layout.Arrange(words);
    }

    /// <summary>The elements that are shown, as a tensor of rank 1.</summary>
    private static Tensor Gather(Tensor tensor, IReadOnlyList<long> indices)
    {
        if (tensor.Data is StringData text)
        {
            return new Tensor(DType.String, [indices.Count], new StringData([.. indices.Select(index => text.Elements[(int)index])]));
        }

        var size = tensor.DType.Size();
        var shown = Tensor.Allocate(tensor.DType, [indices.Count], out var data);
        for (var i = 0; i < indices.Count;)
        {
            var run = 1;
            while (i + run < indices.Count && indices[i + run] == indices[i] + run)
            {
                run++;
            }

            tensor.Data.Read(indices[i] * size, data.Span((long)i * size, run * size));
            i += run;
        }

        return shown;
    }
}
