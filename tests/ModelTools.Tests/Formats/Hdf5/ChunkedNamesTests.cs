using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Hdf5;

public sealed class ChunkedNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(3, 5, 0)]
    [InlineData(4032, 5, 0)] // 4032 × 16 = 64512: just fits.
    [InlineData(4033, 5, 2)] // Keras counts 5 bytes for each, writes one part and fails.
    [InlineData(5000, 5, 2)]
    [InlineData(4000, 33, 3)]
    [InlineData(3, 64512, 3)]
    [InlineData(2, 32256, 0)]
    public void Lists_are_cut_where_they_do_not_fit(int count, int length, int parts)
    {
        var names = Enumerable.Range(0, count).Select(i => i.ToString("D5", null).PadRight(length, 'x')).ToList();

        using var file = WriteNames(names);

        Assert.Equal(parts == 0, file.Root.Attributes.ContainsKey("layer_names"));
        Assert.Equal(parts, file.Root.Attributes.Keys.Count(name => name != "layer_names"));
        Assert.Equal(names, file.Root.Names("layer_names"));
    }

    [Fact]
    public void The_first_parts_take_what_does_not_divide_evenly()
    {
        using var file = WriteNames([.. Enumerable.Range(0, 4000).Select(i => i.ToString("D33", null))]);

        Assert.Equal([1334, 1333, 1333], Enumerable.Range(0, 3).Select(part => file.Root.Texts($"layer_names{part}")!.Count));
    }

    [Fact]
    public void A_name_that_is_too_long_is_refused()
    {
        var error = Assert.Throws<ModelToolsException>(() => WriteNames([new string('x', 64513)]));

        Assert.Equal(ErrorCode.UnsupportedConversion, error.Code);
    }

    [Fact]
    public void Without_an_attribute_there_are_no_names()
    {
        using var file = WriteNames([]);

        Assert.Null(file.Root.Names("weight_names"));
        Assert.Equal([], file.Root.Names("layer_names"));
    }

    [SkippableFact]
    public void H5py_reads_the_parts()
    {
        using (WriteNames([.. Enumerable.Range(0, 5000).Select(i => $"n{i:D4}")]))
        {
            Assert.Equal("5000 n0000 n4999 |S5", Oracle.Execute(
                """
                import sys, h5py
                with h5py.File(sys.argv[1]) as f:
                    names = [n.decode() for i in range(2) for n in f.attrs[f"layer_names{i}"]]
                    print(len(names), names[0], names[-1], f.attrs["layer_names0"].dtype)
                """, _folder["names.h5"]).Trim());
        }
    }

    private Hdf5File WriteNames(IReadOnlyList<string> names)
    {
        var root = new Hdf5GroupContent();
        root.Attributes.AddNames("layer_names", names);
        using (var stream = File.Create(_folder["names.h5"]))
        {
            Hdf5Writer.Write(root, stream);
        }

        return Hdf5File.Open(_folder["names.h5"]);
    }
}
