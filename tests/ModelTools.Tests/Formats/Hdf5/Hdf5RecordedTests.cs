using ModelTools.Formats.Hdf5;
using ModelTools.Tests.Support;

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
