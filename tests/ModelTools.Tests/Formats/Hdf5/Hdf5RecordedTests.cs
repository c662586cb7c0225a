using ModelTools.Formats.Hdf5;
using ModelTools.Tests.Support;
using PureHDF;
using PureHDF.Filters;

namespace ModelTools.Tests.Formats.Hdf5;

/// <summary>Two files of the project's own, made by h5py, with its listing of them beside.</summary>
public sealed class Hdf5RecordedTests
{
    [Theory]
    [InlineData("old-structures")]
    [InlineData("new-structures")]
    public void Files_hold_what_h5py_found_in_them(string name)
    {
        var path = Path.Combine(TestFolders.Fixtures, "hdf5", name);

        Assert.Equal(File.ReadAllLines(path + ".txt"), Hdf5Dump.Read(path + ".h5"));
    }

    [Fact]
    public void Another_implementation_reads_what_we_write()
    {
        using var folder = new TemporaryFolder();
        using (var stream = File.Create(folder["ours.h5"]))
        {
            Hdf5Writer.Write(Hdf5WriterTests.Sample(), stream);
        }

        using var file = H5File.OpenRead(folder["ours.h5"]);

        Assert.Equal([0f, 1, 2, 3, 4, 5], file.Dataset("model_weights/dense/kernel:0").Read<float[]>());
        Assert.Equal("3.15.1", file.Attribute("keras_version").Read<string>());
        Assert.Equal(["é", "long text"], file.Dataset("texts").Read<string[]>()[1..]); // An empty text has no object in the heap: null there.
        Assert.Equal(["ab", "c"], file.Attribute("fixed").Read<string[]>());
    }

    [Fact]
    public void We_read_what_another_implementation_writes()
    {
        using var folder = new TemporaryFolder();
        new PureHDF.H5File
        {
            ["group"] = new H5Group { ["plain"] = new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }, ["small"] = new byte[] { 1, 2 } },
            ["chunked"] = new H5Dataset(Enumerable.Range(0, 100).ToArray(), chunks: [30]),
            ["texts"] = new[] { "a", "bé" },
            Attributes = new() { ["version"] = "1.0", ["names"] = new[] { "x", "yz" } },
        }.Write(folder["theirs.h5"], new H5WriteOptions(Filters: [ShuffleFilter.Id, DeflateFilter.Id]));

        using var file = Hdf5File.Open(folder["theirs.h5"]);

        Assert.Equal([1f, 2, 3, 4, 5, 6], file.Root.Dataset("group/plain").Read().AsSpan<float>().ToArray());
        Assert.Equal([1, 2], file.Root.Dataset("group/small").Read().AsSpan<byte>().ToArray());
        Assert.Equal(Enumerable.Range(0, 100), file.Root.Dataset("chunked").Read().AsSpan<int>().ToArray());
        Assert.Equal(["a", "bé"], ((ModelTools.Tensors.StringData)file.Root.Dataset("texts").Read().Data).ToStrings());
        Assert.Equal("1.0", file.Root.Text("version"));
        Assert.Equal(["x", "yz"], file.Root.Texts("names"));
    }

    [Fact]
    public void Listing_a_file_takes_little_memory_whatever_its_size()
    {
        using var folder = new TemporaryFolder();
        var root = new Hdf5GroupContent();
        for (var i = 0; i < 100; i++)
        {
            root.Add($"layers/dense_{i}/vars/0", ModelTools.Tensors.Tensor.Zeros(ModelTools.Tensors.DType.Float32, [256, 1024]));
        }

        using (var stream = File.Create(folder["large.h5"]))
        {
            Hdf5Writer.Write(root, stream);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        using var file = Hdf5File.Open(folder["large.h5"]);
        var entries = file.Root.Walk().Count(entry => entry.Problem is null);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(1 + (3 * 100), entries);
        Assert.InRange(allocated, 0, 2_000_000); // Of a file of 100 MB.
    }
}
