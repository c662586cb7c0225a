using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Hdf5;

/// <summary>What we write, read back by us and by h5py.</summary>
public sealed class Hdf5WriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_types_and_shapes_come_back()
    {
        var path = Write("all.h5", Sample());

        using var file = Hdf5File.Open(path);

        Assert.Equal([0f, 1, 2, 3, 4, 5], file.Root.Dataset("model_weights/dense/kernel:0").Read().AsSpan<float>().ToArray());
        Assert.Equal(Shape.Scalar, file.Root.Dataset("scalar").Shape);
        Assert.Equal(DType.BFloat16, file.Root.Dataset("bfloat16").ElementType);
        Assert.Equal("bfloat16", file.Root.Dataset("bfloat16").Text("dtype"));
        Assert.Equal(DType.Bool, file.Root.Dataset("bool").ElementType);
        Assert.Equal(DType.Complex64, file.Root.Dataset("complex64").ElementType);
        Assert.Equal([0, 3], file.Root.Dataset("empty").Shape.ToArray());
        Assert.Equal(["", "é", "long text"], ((StringData)file.Root.Dataset("texts").Read().Data).ToStrings());
        Assert.Equal("3.15.1", file.Root.Text("keras_version"));
        Assert.Equal(["a", "", "çe"], file.Root.Texts("names"));
        Assert.Equal([], file.Root.Texts("none"));
        Assert.Null(file.Root.Text("missing"));
        Assert.Equal(100_000, file.Root.Text("model_config")!.Length);
    }

    [SkippableFact]
    public void The_hdf5_library_reads_the_same()
    {
        var path = Write("all.h5", Sample());

        Assert.Equal(Hdf5Dump.Read(path), Hdf5Dump.ReadWithOracle([path])[path]);
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes()
    {
        Assert.Equal(Bytes(Sample()), Bytes(Sample()));
    }

    [Fact]
    public void A_file_may_lie_within_another_one()
    {
        var inner = Bytes(Sample());
        using (var stream = File.Create(_folder["outer"]))
        {
            stream.Write(new byte[777]);
            Hdf5Writer.Write(Sample(), stream);
            stream.Write(new byte[55]);
        }

        using var source = SourceFile.Open(_folder["outer"]);
        using var file = Hdf5File.Open(source, 777, inner.Length);

        Assert.Equal(inner.Length + 777 + 55, source.Length);
        Assert.Equal([0f, 1, 2, 3, 4, 5], file.Root.Dataset("model_weights/dense/kernel:0").Read().AsSpan<float>().ToArray());
        Assert.IsType<FileData>(file.Root.Dataset("model_weights/dense/kernel:0").Read().Data);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(8192)]
    public void A_user_block_is_passed_over(int size)
    {
        File.WriteAllBytes(_folder["user.h5"], [.. Encoding.ASCII.GetBytes(new string('#', size)), .. Bytes(Sample())]);
        File.WriteAllBytes(_folder["odd.h5"], [.. new byte[size + 8], .. Bytes(Sample())]);

        using var file = Hdf5File.Open(_folder["user.h5"]);

        Assert.Equal([0f, 1, 2, 3, 4, 5], file.Root.Dataset("model_weights/dense/kernel:0").Read().AsSpan<float>().ToArray());
        Assert.Equal(ErrorCode.NotAModel, Assert.Throws<ModelToolsException>(() => Hdf5File.Open(_folder["odd.h5"])).Code);
    }

    [SkippableTheory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(257)]
    [InlineData(5000)]
    [InlineData(9000)]
    public void A_group_holds_any_number_of_children(int count)
    {
        var root = new Hdf5GroupContent();
        for (var i = 0; i < count; i++)
        {
            root.Add($"many/w{i}", Tensor.Scalar(i));
        }

        var path = Write("many.h5", root);
        using var file = Hdf5File.Open(path);

        Assert.Equal(count, file.Root.Group("many").Links.Count);
        Assert.Equal(count - 1, file.Root.Dataset($"many/w{count - 1}").Read().AsSpan<int>()[0]);
        Assert.Equal("True", Oracle.Execute(
            """
            import sys, h5py
            with h5py.File(sys.argv[1]) as f:
                n = int(sys.argv[2])
                g = f["many"]
                print(len(g) == n and list(g) == sorted(f"w{i}" for i in range(n)) and all(g[f"w{i}"][()] == i for i in range(n)) and "x" not in g and "" not in g)
            """, path, count.ToString(System.Globalization.CultureInfo.InvariantCulture)).Trim());
    }

    [SkippableFact]
    public void The_hdf5_library_can_change_what_we_wrote()
    {
        var path = Write("change.h5", Sample());

        var output = Oracle.Execute(
            """
            import sys, h5py, numpy as np
            with h5py.File(sys.argv[1], "r+") as f:
                f.attrs["added"] = "x" * 1000
                g = f["model_weights"]
                for i in range(200):
                    g.create_dataset(f"new{i}", data=np.arange(i))
                del g["dense"]
                f["scalar"].attrs["note"] = [b"a", b"b"]
            with h5py.File(sys.argv[1]) as f:
                print(len(f["model_weights"]), f.attrs["added"][:3], f["scalar"][()])
            """, path);

        using var file = Hdf5File.Open(path);
        Assert.Equal("201 xxx 2.5", output.Trim());
        Assert.Equal(201, file.Root.Group("model_weights").Links.Count);
        Assert.Equal(1000, file.Root.Text("added")!.Length);
        Assert.Equal(["a", "b"], file.Root.Dataset("scalar").Texts("note"));
        Assert.Equal("3.15.1", file.Root.Text("keras_version"));
    }

    [SkippableFact]
    public void Long_and_unusual_names_come_back()
    {
        var root = new Hdf5GroupContent();
        string[] names = [new('n', 3000), "日本語", "a b", "x\\y", "kernel:0", "..", "a.b", "'\"$`", "\u00e9\u0301"];
        foreach (var name in names)
        {
            root.Add($"g {name}/{name}", Tensor.Scalar(1.5f)).Attributes.AddText(name, name);
        }

        var path = Write("names.h5", root);

        using var file = Hdf5File.Open(path);
        Assert.All(names, name => Assert.Equal(name, file.Root.Dataset($"g {name}/{name}").Text(name)));
        Assert.Equal(Hdf5Dump.Read(path), Hdf5Dump.ReadWithOracle([path])[path]);
    }

    [SkippableFact]
    public void Attributes_of_almost_64_kilobytes_fit_and_larger_ones_are_refused()
    {
        var root = new Hdf5GroupContent();
        root.Attributes.Add("large", Tensor.FromArray(new byte[65_400]));
        root.Attributes.AddTexts("many", [.. Enumerable.Range(0, 4000).Select(i => $"n{i}")]);
        var path = Write("large.h5", root);
        Assert.Equal(Hdf5Dump.Read(path), Hdf5Dump.ReadWithOracle([path])[path]);

        root.Attributes.Add("larger", Tensor.FromArray(new byte[65_500]));
        Assert.Equal(ErrorCode.UnsupportedConversion, Assert.Throws<ModelToolsException>(() => Bytes(root)).Code);
        Assert.Equal(ErrorCode.UnsupportedConversion, Assert.Throws<ModelToolsException>(() => root.Attributes.Add("largest", Tensor.FromArray(new byte[70_000]))).Code);
    }

    [SkippableFact]
    public void Texts_of_any_length_share_the_heap()
    {
        var root = new Hdf5GroupContent();
        foreach (var length in new[] { 0, 1, 15, 16, 17, 4000, 4040, 4048, 4049, 4064, 4080, 4096, 70_000, 3_000_000 })
        {
            root.Attributes.AddText($"t{length}", new string('x', length));
        }

        root.Add("texts", Tensor.FromStrings(Enumerable.Range(0, 100_000).Select(i => $"text {i}"), [100_000]));
        var path = Write("texts.h5", root);

        using var file = Hdf5File.Open(path);
        Assert.Equal(3_000_000, file.Root.Text("t3000000")!.Length);
        Assert.Equal("text 99999", ((StringData)file.Root.Dataset("texts").Read().Data).ToStrings()[^1]);
        Assert.Equal(Hdf5Dump.Read(path), Hdf5Dump.ReadWithOracle([path])[path]);
    }

    [Fact]
    public void What_cannot_be_written_is_refused_by_name()
    {
        var root = new Hdf5GroupContent();
        root.Add("a/b", Tensor.Scalar(1f));

        Assert.Contains("/a/b", Assert.Throws<ModelToolsException>(() => root.Add("a/b", Tensor.Scalar(1f))).Message, StringComparison.Ordinal);
        Assert.Contains("/a/b", Assert.Throws<ModelToolsException>(() => root.Group("a/b")).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.UnsupportedConversion, Assert.Throws<ModelToolsException>(() => root.Group("a/./c")).Code);
        Assert.Equal(ErrorCode.UnsupportedConversion, Assert.Throws<ModelToolsException>(() => root.Group("a\0b")).Code);
    }

    [Fact]
    public void Writing_stops_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => Hdf5Writer.Write(Sample(), Stream.Null, cancellation.Token));
    }

    /// <summary>All types, shapes and forms of attributes.</summary>
    internal static Hdf5GroupContent Sample()
    {
        var root = new Hdf5GroupContent();
        root.Attributes.AddText("keras_version", "3.15.1", utf8: true);
        root.Attributes.AddText("model_config", new string('{', 100_000));
        root.Attributes.AddTexts("names", ["a", "", "çe"]);
        root.Attributes.AddTexts("none", []);
        root.Attributes.AddFixedTexts("fixed", ["ab"u8.ToArray(), "c"u8.ToArray()], 2);
        root.Attributes.Add("number", Tensor.Scalar(7L));
        root.Attributes.Add("numbers", Tensor.FromArray([1.5, -2]));
        root.Attributes.AddText("é", "ü", utf8: true);
        root.Add("model_weights/dense/kernel:0", Tensor.FromArray([0f, 1, 2, 3, 4, 5], 3, 2));
        root.Group("model_weights/dropout").Attributes.AddTexts("weight_names", []);
        root.Add("scalar", Tensor.Scalar(2.5f));
        root.Add("empty", Tensor.Zeros(DType.Float32, [0, 3]));
        root.Add("texts", Tensor.FromStrings(["", "é", "long text"], [3]));
        foreach (var type in DTypes.All.Where(type => type != DType.String))
        {
            var bytes = Enumerable.Range(0, 3 * type.Size()).Select(i => (byte)(type == DType.Bool ? i % 2 : i + 1)).ToArray();
            root.Add(type.Name(), new Tensor(type, [3, 1], OwnedData.FromArray(bytes)));
        }

        return root;
    }

    private static byte[] Bytes(Hdf5GroupContent root)
    {
        using var stream = new MemoryStream();
        Hdf5Writer.Write(root, stream);
        return stream.ToArray();
    }

    private string Write(string name, Hdf5GroupContent root)
    {
        using var stream = File.Create(_folder[name]);
        Hdf5Writer.Write(root, stream);
        return _folder[name];
    }
}
