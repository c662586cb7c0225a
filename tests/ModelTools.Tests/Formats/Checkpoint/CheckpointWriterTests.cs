using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Checkpoint;

public class CheckpointWriterTests
{
    [Fact]
    public void All_element_types_come_back()
    {
        using var folder = new TemporaryFolder();
        var tensors = Samples().ToArray();
        CheckpointWriter.Write(folder["all"], tensors);
        using var reader = CheckpointReader.Open(folder.Path);
        Assert.Equal(tensors.Length, reader.Entries.Count);
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(tensor.Digest(), reader.Read(name).Digest());
        }
    }

    [SkippableFact]
    public void TensorFlow_reads_all_element_types()
    {
        using var folder = new TemporaryFolder("modeltools");
        var tensors = Samples().ToArray();
        CheckpointWriter.Write(folder["all"], tensors);
        var variables = Oracle.Check("ckpt", folder["all"])["variables"]!.AsArray().ToDictionary(item => (string)item!["name"]!, item => item!);
        Assert.Equal(tensors.Length, variables.Count);
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(tensor.DType.Name(), (string)variables[name]["dtype"]!);
            Assert.Equal(tensor.Shape, variables[name]["shape"]!.AsArray().Select(item => (long)item!));
            if (tensor.Data is not StringData)
            {
                var owned = tensor.Data.Load();
                Assert.Equal(Convert.ToHexString(SHA256.HashData(owned.Span(0, (int)owned.Length))).ToLowerInvariant(), (string)variables[name]["sha256"]!);
            }
        }
    }

    [SkippableFact]
    public void Large_indexes_equal_those_of_TensorFlow()
    {
        using var folder = new TemporaryFolder("modeltools");
        Oracle.Execute(
            """
            import sys, tensorflow as tf
            names = [f'scope_{i % 97}/' + 'x' * (i % 50) + f'/{i}' for i in range(9000)] + ['long' * 150000]
            tf.raw_ops.SaveV2(prefix=sys.argv[1], tensor_names=names, shape_and_slices=[''] * len(names), tensors=[tf.constant(float(i)) for i in range(len(names))])
            print('done')
            """,
            folder["theirs"]);
        string[] names = [.. Enumerable.Range(0, 9000).Select(i => $"scope_{i % 97}/{new string('x', i % 50)}/{i}"), string.Concat(Enumerable.Repeat("long", 150000))];
        CheckpointWriter.Write(folder["ours"], names.Select((name, i) => KeyValuePair.Create(name, Tensor.Scalar((float)i))), updateState: false);
        Assert.Equal(File.ReadAllBytes(folder["theirs.index"]), File.ReadAllBytes(folder["ours.index"]));
        Assert.Equal(File.ReadAllBytes(folder["theirs.data-00000-of-00001"]), File.ReadAllBytes(folder["ours.data-00000-of-00001"]));
    }

    [Fact]
    public void Strings_of_any_content_come_back()
    {
        using var folder = new TemporaryFolder();
        byte[][] elements = [[], [0], [0xFF, 0xFE], new byte[300], "text"u8.ToArray(), []];
        CheckpointWriter.Write(folder["s"], [new("s", new Tensor(DType.String, [2, 3], new StringData(elements))), new("none", new Tensor(DType.String, [0], new StringData([])))]);
        using var reader = CheckpointReader.Open(folder["s"]);
        Assert.Equal(elements, ((StringData)reader.Read("s").Data).Elements);
        Assert.Empty(((StringData)reader.Read("none").Data).Elements);
    }

    [Fact]
    public void The_state_file_names_the_newest_and_names_that_need_escapes()
    {
        using var folder = new TemporaryFolder();
        CheckpointWriter.Write(folder["first"], [new("a", Tensor.Scalar(1f))]);
        CheckpointWriter.Write(folder["größe \"2\" 'x'"], [new("a", Tensor.Scalar(2f))]);
        CheckpointWriter.Write(folder["third"], [new("a", Tensor.Scalar(3f))], updateState: false);
        using var reader = CheckpointReader.Open(folder.Path);
        Assert.Equal(2f, reader.Read("a").AsSpan<float>()[0]);
        Assert.Equal("größe \"2\" 'x'", CheckpointState.Read(folder["checkpoint"]).Latest);
    }

    [Fact]
    public void What_is_there_is_replaced_only_when_that_is_wanted()
    {
        using var folder = new TemporaryFolder();
        CheckpointWriter.Write(folder["w"], [new("a", Tensor.Scalar(1f))]);
        Assert.Equal(ErrorCode.TargetExists, Code(() => CheckpointWriter.Write(folder["w"], [new("a", Tensor.Scalar(2f))])));
        CheckpointWriter.Write(folder["w"], [new("a", Tensor.Scalar(2f))], overwrite: true);
        Assert.Equal(2f, Read(folder["w"]));

        File.WriteAllText(folder["checkpoint"], "my notes");
        Assert.Equal(ErrorCode.TargetExists, Code(() => CheckpointWriter.Write(folder["v"], [new("a", Tensor.Scalar(2f))])));
        Assert.Equal("my notes", File.ReadAllText(folder["checkpoint"]));
        Assert.Equal(ErrorCode.InvalidArgument, Code(() => CheckpointWriter.Write(folder["v"], [new("a", Tensor.Scalar(2f)), new("a", Tensor.Scalar(2f))], updateState: false)));
        Assert.Equal(ErrorCode.PathNotFound, Code(() => CheckpointWriter.Write(folder["no/v"], [new("a", Tensor.Scalar(2f))])));
    }

    [Fact]
    public void A_failure_leaves_the_old_checkpoint_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        CheckpointWriter.Write(folder["w"], [new("a", Tensor.Scalar(1f))]);
        var before = Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).ToArray();
        Assert.Throws<InvalidOperationException>(() => CheckpointWriter.Write(folder["w"], Failing(), overwrite: true));

        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => CheckpointWriter.Write(folder["w"], [new("a", Tensor.Scalar(3f))], overwrite: true, cancellation: source.Token));
        Assert.Equal(before, Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
        Assert.Equal(1f, Read(folder["w"]));

    }

    [Fact]
    public void A_kill_between_any_two_steps_leaves_the_old_checkpoint_or_the_new_one()
    {
        using var folder = new TemporaryFolder();
        CheckpointWriter.Write(folder["new"], [new("a", Tensor.Scalar(2f)), new("b", Tensor.Scalar(5f))], updateState: false);
        foreach (var step in Enumerable.Range(0, 5))
        {
            CheckpointWriter.Write(folder["w"], [new("a", Tensor.Scalar(1f)), new("b", Tensor.Scalar(5f))], overwrite: true);
            Replace(folder, "data-00000-of-00001", written: step > 0, placed: step > 2);
            Replace(folder, "index", written: step > 1, placed: step > 3);
            Assert.Equal(step > 2 ? 2f : 1f, Read(folder["w"]));
            Assert.Throws<InvalidOperationException>(() => CheckpointWriter.Write(folder["w"], Failing(), overwrite: true));
            Assert.Equal(step > 2 ? 2f : 1f, Read(folder["w"]));
        }

        CheckpointWriter.Write(folder["w"], [new("a", Tensor.Scalar(3f))], overwrite: true);
        Assert.Equal(3f, Read(folder["w"]));
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), file => file.Contains("modeltools-tmp", StringComparison.Ordinal));
    }

    /// <summary>Element types and shapes, scalars and empty tensors among them.</summary>
    private static IEnumerable<KeyValuePair<string, Tensor>> Samples()
    {
        var random = new Random(3);
        foreach (var dtype in DTypes.All.Where(dtype => dtype != DType.String))
        {
            foreach (var shape in new Shape[] { Shape.Scalar, [3, 5], [0, 2], [1, 2, 1, 3] })
            {
                var tensor = Tensor.Allocate(dtype, shape, out var data);
                var bytes = data.Span(0, (int)data.Length);
                random.NextBytes(bytes);
                if (dtype == DType.Bool)
                {
                    foreach (ref var value in bytes)
                    {
                        value &= 1;
                    }
                }

                yield return new($"{dtype.Name()}/{string.Join('x', shape)}", tensor);
            }
        }

        yield return new("text", Tensor.FromStrings(["one", "zwei", ""], [3]));
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Failing()
    {
        yield return new("a", Tensor.Scalar(4f));
        throw new InvalidOperationException("the source breaks");
    }

    /// <summary>One step of a save of "new" over "w", as far as it came.</summary>
    private static void Replace(TemporaryFolder folder, string suffix, bool written, bool placed)
    {
        if (written)
        {
            File.Copy(folder[$"new.{suffix}"], folder[placed ? $"w.{suffix}" : $".w.{suffix}.modeltools-tmp"], overwrite: true);
        }
    }

    private static float Read(string path)
    {
        using var reader = CheckpointReader.Open(path);
        return reader.Read("a").AsSpan<float>()[0];
    }

    private static ErrorCode Code(Action action) => Assert.Throws<ModelToolsException>(action).Code;
}
