using System.Buffers.Binary;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Hdf5;

/// <summary>Small files that would make a trusting reader work or allocate without end.</summary>
public sealed class Hdf5HostileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Groups_that_multiply_are_not_followed_for_ever()
    {
        Oracle.Execute(
            """
            import sys, h5py
            with h5py.File(sys.argv[1], "w") as f:
                g = f
                for i in range(60):
                    n = g.create_group("a")
                    g["b"] = n
                    g = n
            print("done")
            """, _folder["multiply.h5"]);
        using var file = Hdf5File.Open(_folder["multiply.h5"]);

        var entries = file.Root.Walk().ToList();

        Assert.True(entries.Count < 20_000);
        Assert.Contains(entries, entry => entry.Problem?.Code == ErrorCode.StructureLimit);
    }

    [Fact]
    public void Nesting_is_limited()
    {
        var root = new Hdf5GroupContent();
        root.Group(string.Join('/', Enumerable.Repeat("g", 127)));
        root.Group("deep/" + string.Join('/', Enumerable.Repeat("g", 127)));
        using var file = Hdf5File.Open(Write(root));

        Assert.NotNull(file.Root.FindGroup(string.Join('/', Enumerable.Repeat("g", 127))));
        Assert.Equal(ErrorCode.StructureLimit, Fails(() => file.Root.Find("deep/" + string.Join('/', Enumerable.Repeat("g", 127)))).Code);
    }

    [Fact]
    public void Texts_that_share_their_bytes_do_not_multiply_them()
    {
        var root = new Hdf5GroupContent();
        root.Attributes.AddText("large", new string('x', 1_000_000));
        root.Attributes.AddTexts("many", [.. Enumerable.Repeat("y", 4000)]);
        var path = Write(root);
        var bytes = File.ReadAllBytes(path);

        // Every element of the list becomes a pointer to the one large text.
        var large = Find(bytes, 1_000_000, 0);
        for (var at = Find(bytes, 1, large); at < bytes.Length - 16 && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at)) == 1; at += 16)
        {
            bytes.AsSpan(large, 16).CopyTo(bytes.AsSpan(at));
        }

        File.WriteAllBytes(path, bytes);
        using var file = Hdf5File.Open(path);

        Assert.Equal(1_000_000, file.Root.Text("large")!.Length);
        Assert.Equal(ErrorCode.SizeLimit, Fails(() => file.Root.Texts("many")).Code);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_an_error_at_once()
    {
        var root = new Hdf5GroupContent();
        root.Add("a/b", Tensor.FromArray(new float[1000]));
        var bytes = File.ReadAllBytes(Write(root));
        for (var length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(_folder["cut.h5"], bytes[..length]);
            Assert.Equal(length < 8 ? ErrorCode.NotAModel : ErrorCode.Truncated, Fails(() => Hdf5File.Open(_folder["cut.h5"])).Code);
        }
    }

    [Fact]
    public void Missing_objects_are_named()
    {
        var root = new Hdf5GroupContent();
        root.Add("a/b", Tensor.Scalar(1f));
        using var file = Hdf5File.Open(Write(root));

        var error = Fails(() => file.Root.Group("a").Dataset("c/d"));
        Assert.Equal(ErrorCode.MissingPart, error.Code);
        Assert.Equal("/a/c/d", error.Location);
        Assert.Null(file.Root.Find("a/b/c"));
        Assert.Equal("/a/b", file.Root.Find("/a//b/")!.Path);
        Assert.Same(file.Root.Find("a"), file.Root.Find("a"));
    }

    private static ModelToolsException Fails(Action action) => Assert.Throws<ModelToolsException>(action);

    /// <summary>Where a pointer to a text of a length stands: length, address, number.</summary>
    private static int Find(byte[] bytes, int length, int from)
    {
        for (var at = from; at < bytes.Length - 16; at += 4)
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at)) == length
                && BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at + 4)) is > 0 and var address && address < bytes.Length - 4
                && bytes.AsSpan((int)address, 4).SequenceEqual("GCOL"u8))
            {
                return at;
            }
        }

        throw new InvalidOperationException("There is no such pointer.");
    }

    private string Write(Hdf5GroupContent root)
    {
        using var stream = File.Create(_folder["file.h5"]);
        Hdf5Writer.Write(root, stream);
        return _folder["file.h5"];
    }
}
