using ModelTools.Formats.TensorFiles;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Tensors;

public sealed class TensorPreviewTests
{
    [SkippableFact]
    public void ArraysArePrintedAsNumPyPrintsThem()
    {
        const string Script = """
            import sys, numpy as np
            r = np.random.default_rng(1)
            cases = [
                np.arange(10), np.arange(2000).reshape(50, 40), np.arange(24).reshape(2, 3, 4), np.arange(8000).reshape(20, 20, 20), np.array(5), np.array(2.5),
                np.array([True, False]), np.array([1.0, 2.5, -3.25]), np.array([1e-7, 1.0]), np.array([1e9, 1.5]), np.array([np.nan, 1.5, np.inf, -np.inf]), np.array([np.nan]),
                np.array([0.1, 0.2, 1/3], 'f4'), np.array([0.1, 1/3, 100], 'f2'), r.normal(size=(5, 3)).astype('f4'), r.normal(size=(40, 50)), r.uniform(size=30).astype('f4') * 1e-6,
                np.array([1e300, 1e-300]), np.array([123456.789, 0.001]), np.array([99999999.0, 1.0]), np.array([100000000.0]), np.zeros((3, 4), 'f4'), np.array([-0.0, 0.0]),
                np.array([1 + 2j, 3.5 - 4.25j]), np.array([0.5 + 1j], 'c8'), np.array([255, 0], 'u1'), np.array([2**64 - 1, 0], 'u8'), np.array([-128, 5], 'i1'),
                np.arange(1001), np.arange(1001.0), np.zeros((0, 3)), np.arange(7).reshape(7, 1), r.integers(-1000, 1000, (8, 30)), r.normal(size=(2, 2, 2, 2)).astype('f4'),
                np.array([1.5, np.nan, 1e-9]), np.array([0.00012, 0.5]), np.array([12345.678, 99.1], 'f4'), np.array([1/3, 2/3]) * 1e5, np.float32(0.3), np.array([5e-324, 1]),
            ]
            np.savez(sys.argv[1], **{str(i): c for i, c in enumerate(cases)})
            print('\0'.join(str(c) if c.ndim else np.array2string(np.asarray(c)) for c in cases), end='\0')
            """;
        using var folder = new TemporaryFolder();
        var expected = Oracle.Execute(Script, folder["cases.npz"]).Split('\0')[..^1];
        var tensors = TensorFile.ReadAll(folder["cases.npz"]);
        Assert.Equal(expected.Length, tensors.Count);
        Assert.All(tensors, tensor => Assert.Equal(expected[int.Parse(tensor.Key, System.Globalization.CultureInfo.InvariantCulture)], tensor.Value.Preview()));
    }

    [Fact]
    public void TextIsQuotedAndSmallPreviewsAreCut()
    {
        Assert.Equal("['a' 'it\\'s']", Tensor.FromStrings(["a", "it's"], [2]).Preview());
        Assert.Equal("[0 ... 9]", Tensor.FromArray(Enumerable.Range(0, 10).ToArray()).Preview(threshold: 5, edgeItems: 1));
    }
}
