using System.Text;
using System.Text.Json.Nodes;
using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Checkpoint;

public class CheckpointReaderTests
{
    private const string Value = "/.ATTRIBUTES/VARIABLE_VALUE";

    [Theory]
    [InlineData("dense_basic")]
    [InlineData("dense_basic/checkpoint")]
    [InlineData("dense_basic/weights.ckpt")]
    [InlineData("dense_basic/weights.ckpt.index")]
    [InlineData("dense_basic/weights.ckpt.data-00000-of-00001")]
    public void The_prefix_its_files_and_its_folder_all_mean_the_checkpoint(string path)
    {
        using var reader = CheckpointReader.Open(CheckpointFixtures.Local(path));
        Assert.Equal(CheckpointFixtures.Local("dense_basic", "weights.ckpt"), reader.Prefix);
        Assert.Equal(6, reader.Entries.Count);

        var kernel = reader.Read("layer_with_weights-0/kernel" + Value);
        Assert.Equal("float32 (6, 8)", kernel.ToString());
        Assert.Equal("3771aeef", Crc32.Of(kernel));
        Assert.Equal("f6ea5035", Crc32.Of(reader.Read("layer_with_weights-0/bias" + Value)));
    }

    [Fact]
    public void Snappy_blocks_and_several_shards_are_read()
    {
        using var plain = CheckpointReader.Open(CheckpointFixtures.Local("valid_two_shards"));
        using var snappy = CheckpointReader.Open(CheckpointFixtures.Local("valid_snappy"));
        Assert.Equal(plain.Entries, snappy.Entries);
        foreach (var entry in plain.Entries)
        {
            Assert.Equal(plain.Read(entry.Name).Digest(), snappy.Read(entry.Name).Digest());
        }
    }

    [Fact]
    public void Partitioned_variables_are_joined()
    {
        using var reader = CheckpointReader.Open(CheckpointFixtures.Local("tf1_partitioned"));
        Assert.Equal(["part0/w", "part1/w", "part2/w"], reader.Entries.Select(entry => entry.Name));
        Assert.Null(reader.ReadObjectGraph());
        Assert.Equal(["a3fa39d8", "3b40d73d", "17efb2cd"], reader.Entries.Select(entry => Crc32.Of(reader.Read(entry.Name))));
    }

    [Fact]
    public void The_first_format_is_read_with_its_shards()
    {
        using var reader = CheckpointReader.Open(CheckpointFixtures.Local("tf1_legacy"));
        Assert.Equal(["double", "flags", "hidden/bias", "hidden/kernel", "other", "out/bias", "out/kernel", "step"], reader.Entries.Select(entry => entry.Name));
        Assert.Equal("8933ba33", Crc32.Of(reader.Read("hidden/kernel")));
        Assert.Equal("58c223be", Crc32.Of(reader.Read("flags")));
        Assert.Equal("328dca26", Crc32.Of(reader.Read("step")));
    }

    [SkippableFact]
    public void Every_foreign_checkpoint_gives_the_recorded_tensors()
    {
        using var folder = new TemporaryFolder();
        var tensors = 0;
        foreach (var (source, manifest) in CheckpointFixtures.Manifests("foreign").Where(item => item.Manifest["checkpoints"] is not null))
        {
            var target = folder[Path.GetFileName(source)];
            CheckpointFixtures.Extract(source, string.Empty, target);
            foreach (var checkpoint in manifest["checkpoints"]!.AsArray())
            {
                using var reader = CheckpointReader.Open(Path.Combine(target, (string)checkpoint!["checkpoint"]!));
                var expected = checkpoint["tensors"]!.AsArray();
                Assert.Equal(expected.Select(tensor => (string)tensor!["name"]!).Order(StringComparer.Ordinal), reader.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
                foreach (var tensor in expected)
                {
                    Compare(reader, tensor!);
                    tensors++;
                }
            }
        }

        Assert.True(tensors > 150, $"only {tensors} tensors were compared");
    }

    [SkippableFact]
    public void Every_Keras_2_checkpoint_holds_the_weights_of_its_model()
    {
        using var folder = new TemporaryFolder();
        var weights = 0;
        foreach (var (source, manifest) in CheckpointFixtures.Manifests("models"))
        {
            if (CheckpointFixtures.Extract(source, "k2/ckpt/", folder[Path.GetFileName(source)]))
            {
                using var reader = CheckpointReader.Open(Path.Combine(folder[Path.GetFileName(source)], "k2", "ckpt"));
                var graph = reader.ReadObjectGraph()!;
                var found = graph.Nodes.SelectMany(node => node.Attributes).Where(item => item.Name == ObjectGraph.VariableValue)
                    .Select(item => Crc32.Of(reader.Read(item.Key))).ToHashSet();
                foreach (var weight in manifest["weights"]!["k2"]!.AsArray())
                {
                    Assert.Contains((string)weight!["crc32"]!, found);
                    weights++;
                }
            }
        }

        Assert.True(weights > 500, $"only {weights} weights were compared");
    }

    [SkippableFact]
    public void Graphs_and_files_are_written_as_TensorFlow_wrote_them()
    {
        using var folder = new TemporaryFolder();
        var compared = 0;
        foreach (var (source, _) in CheckpointFixtures.Manifests("models").Concat(CheckpointFixtures.Manifests("foreign")))
        {
            var target = folder[Path.GetFileName(source)];
            var below = source.Contains("foreign", StringComparison.Ordinal) ? string.Empty : "k2/ckpt/";
            if (CheckpointFixtures.Extract(source, below, target))
            {
                compared += Directory.GetFiles(target, "*.index", SearchOption.AllDirectories)
                    .Count(index => File.Exists(index[..^6] + ".data-00000-of-00001") && Rewrite(index[..^6], folder["again"]));
            }
        }

        Assert.True(compared > 120, $"only {compared} checkpoints were compared");
    }

    [Fact]
    public void Big_endian_bundles_are_read()
    {
        using var folder = new TemporaryFolder();
        BigEndianBundle.Write(folder["weights"]);
        using var reader = CheckpointReader.Open(folder["weights"]);
        Assert.Equal([1.5f, -2, 2.5f], reader.Read("floats").AsSpan<float>().ToArray());
        Assert.Equal([long.MinValue, 7], reader.Read("longs").AsSpan<long>().ToArray());
        Assert.Equal(["big", "", "end"], ((StringData)reader.Read("texts").Data).ToStrings());

        Span<byte> middle = stackalloc byte[4];
        reader.Read("floats").Data.Read(2, middle);
        Assert.Equal([0xC0, 0x3F, 0, 0], middle.ToArray());
    }

    [SkippableFact]
    public void TensorFlow_reads_the_same_big_endian_bundle()
    {
        using var folder = new TemporaryFolder("modeltools");
        BigEndianBundle.Write(folder["weights"]);
        var text = Oracle.Execute(
            "import sys, tensorflow as tf\nr = tf.train.load_checkpoint(sys.argv[1])\nprint(r.get_tensor('floats').tolist(), r.get_tensor('longs').tolist(), r.get_tensor('texts').tolist())",
            folder["weights"]);
        Assert.Equal("[1.5, -2.0, 2.5] [-9223372036854775808, 7] [b'big', b'', b'end']", text.Trim());
    }

    [Fact]
    public void A_changed_byte_is_found_however_the_tensor_is_read()
    {
        using var folder = new TemporaryFolder();
        var values = Enumerable.Range(0, 600_000).Select(i => (float)i).ToArray();
        CheckpointWriter.Write(folder["weights"], [new("w", Tensor.FromArray(values))]);
        using (var file = File.OpenWrite(folder["weights.data-00000-of-00001"]))
        {
            file.Position = 2_000_001;
            file.WriteByte(0xFF);
        }

        using var reader = CheckpointReader.Open(folder["weights"]);
        Assert.Equal(ErrorCode.ChecksumMismatch, Assert.Throws<ModelToolsException>(() => reader.Read("w").Load()).Code);
        Assert.Equal(ErrorCode.ChecksumMismatch, Assert.Throws<ModelToolsException>(() => reader.Read("w").Digest()).Code);
        Assert.Equal(ErrorCode.ChecksumMismatch, Assert.Throws<ModelToolsException>(() => reader.Read("w").Data.Read(100, new byte[8])).Code);
    }

    [Fact]
    public void Reads_in_any_order_give_the_bytes()
    {
        using var folder = new TemporaryFolder();
        var values = Enumerable.Range(0, 300_000).Select(i => (float)i).ToArray();
        CheckpointWriter.Write(folder["weights"], [new("w", Tensor.FromArray(values))]);
        using var reader = CheckpointReader.Open(folder["weights"]);
        foreach (var order in new int[][] { [0, 1, 2], [2, 0, 1], [1, 1, 0] })
        {
            var data = reader.Read("w").Data;
            foreach (var part in order)
            {
                var bytes = new byte[400_000];
                data.Read(part * bytes.Length, bytes);
                Assert.Equal(values.AsSpan(part * 100_000, 100_000).ToArray(), System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray());
            }
        }
    }

    [Fact]
    public void Unknown_names_and_missing_files_are_plain_errors()
    {
        using var folder = new TemporaryFolder();
        using var reader = CheckpointReader.Open(CheckpointFixtures.Local("dense_basic"));
        Assert.Equal(ErrorCode.UnknownName, Assert.Throws<ModelToolsException>(() => reader.Read("nothing")).Code);
        Assert.Equal(ErrorCode.PathNotFound, Code(folder["nothing"]));
        Assert.Equal(ErrorCode.MissingPart, Code(folder.Path));

        File.WriteAllText(folder["text"], new string('x', 100));
        Assert.Equal(ErrorCode.NotAModel, Code(folder["text"]));
        File.WriteAllText(folder["only.data-00000-of-00001"], "x");
        Assert.Equal(ErrorCode.MissingPart, Code(folder["only"]));
    }

    private static ErrorCode Code(string path) => Assert.Throws<ModelToolsException>(() => CheckpointReader.Open(path)).Code;

    private static bool Rewrite(string prefix, string target)
    {
        Directory.CreateDirectory(target);
        var name = Path.GetFileName(prefix);
        using var reader = CheckpointReader.Open(prefix);
        if (reader.Entries.Any(entry => entry.DType is null))
        {
            return false;
        }

        var index = BundleIndex.Read(prefix + ".index", ModelReadLimits.Default);
        var graph = reader.ReadObjectGraph();
        var tensors = index.Tensors.Where(tensor => graph is null || tensor.Key != CheckpointReader.ObjectGraphKey).OrderBy(tensor => tensor.Value.Offset).ThenBy(tensor => tensor.Value.Size);
        CheckpointWriter.Write(Path.Combine(target, name), tensors.Select(tensor => KeyValuePair.Create(tensor.Key, reader.Read(tensor.Key))), graph, overwrite: true);
        foreach (var suffix in new[] { ".data-00000-of-00001", ".index" })
        {
            Assert.Equal(File.ReadAllBytes(prefix + suffix), File.ReadAllBytes(Path.Combine(target, name) + suffix));
        }

        return true;
    }

    private static void Compare(CheckpointReader reader, JsonNode expected)
    {
        var name = (string)expected["name"]!;
        var entry = reader.Find(name)!;
        Assert.Equal((string)expected["dtype"]!, entry.TypeName);
        Assert.Equal(expected["shape"]!.AsArray().Select(item => (long)item!), entry.Shape);
        if (entry.DType is null)
        {
            Assert.Equal(ErrorCode.UnsupportedDType, Assert.Throws<ModelToolsException>(() => reader.Read(name)).Code);
        }
        else if (entry.DType == DType.String)
        {
            Assert.Equal(entry.Shape.ElementCount, ((StringData)reader.Read(name).Data).Elements.ToArray().Length);
        }
        else
        {
            Assert.True((string)expected["crc32"]! == Crc32.Of(reader.Read(name)), name);
        }
    }
}
