using ModelTools.Diagnostics;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Tensors;

public sealed class TensorSlicingTests
{
    private static readonly Tensor Table = Tensor.FromArray(Enumerable.Range(0, 12).ToArray(), 4, 3);

    [Fact]
    public void RowsAreAViewOfTheSameBytes()
    {
        var rows = Table.Rows(1, 2);
        Assert.Equal([2, 3], rows.Shape);
        Assert.Equal([3, 4, 5, 6, 7, 8], rows.AsSpan<int>().ToArray());
        Assert.Equal([6, 7, 8], rows.Rows(1, 100).AsSpan<int>().ToArray());
        Assert.True(rows.AsSpan<int>().Overlaps(Table.AsSpan<int>()));
        Assert.Same(Table, Table.Rows(0, 4));
        Assert.Equal([0, 3], Table.Rows(4, 1).Shape);
        Assert.Throws<ModelToolsException>(() => Table.Rows(5, 1));
        Assert.Throws<ModelToolsException>(() => Tensor.Scalar(1).Rows(0, 1));
    }

    [Fact]
    public void RowsOfFilesStringsAndLazyDataAreFound()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x"], [0, 1, 2, 3, 4, 5, 6, 7]);
        using var file = SourceFile.Open(folder["x"]);
        var inFile = new Tensor(DType.UInt8, [3, 2], new FileData(file, 1, 6)).Rows(1, 2).Rows(1, 1);
        Assert.Equal([5, 6], inFile.AsSpan<byte>().ToArray());
        var lazy = new Tensor(DType.UInt8, [3, 2], new LazyData(6, () => OwnedData.FromArray([1, 2, 3, 4, 5, 6]))).Rows(1, 2).Rows(0, 1);
        Assert.Equal([3, 4], lazy.AsSpan<byte>().ToArray());
        var text = Tensor.FromStrings(["a", "b", "c", "d"], [2, 2]).Rows(1, 1);
        Assert.Equal(["c", "d"], ((StringData)text.Data).ToStrings());
    }

    [Fact]
    public void AlikeTensorsAreStacked()
    {
        var stacked = TensorSlicing.Stack([Table.Rows(0, 1), Table.Rows(3, 1)]);
        Assert.Equal([2, 1, 3], stacked.Shape);
        Assert.Equal([0, 1, 2, 9, 10, 11], stacked.AsSpan<int>().ToArray());
        var error = Assert.Throws<ModelToolsException>(() => TensorSlicing.Stack([Table, Table.Rows(0, 1)]));
        Assert.Contains("number 2 is int32 (1, 3)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ModelToolsException>(() => TensorSlicing.Stack([]));
    }

    [Fact]
    public void LabelsBecomeVectors()
    {
        var vectors = Tensor.FromArray<byte>([1, 0, 2]).OneHot(4);
        Assert.Equal(DType.Float32, vectors.DType);
        Assert.Equal([3, 4], vectors.Shape);
        Assert.Equal([0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0], vectors.ToArray<int>());
        Assert.Equal([2, 3], Tensor.FromArray([2f, 0f], 2, 1).OneHot().Shape);
        Assert.Equal([1], Tensor.Scalar(0L).OneHot(1, DType.BFloat16).ToArray<float>());
        foreach (var wrong in new[] { -1f, 4f, 1.5f, float.NaN })
        {
            Assert.Contains("Label 1 is", Assert.Throws<ModelToolsException>(() => Tensor.FromArray([0f, wrong]).OneHot(4)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<ModelToolsException>(() => Tensor.FromArray([int.MaxValue]).OneHot());
    }
}
