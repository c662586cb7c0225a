using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Checkpoint;

public class ObjectGraphTests
{
    [Fact]
    public void Keys_follow_the_first_path_breadth_first_and_are_escaped()
    {
        var root = new TrackableObject();
        var kernel = TrackableObject.Variable("dense/kernel", Tensor.Scalar(1f));
        var layer = root.Add("layer_with_weights-0", new TrackableObject());
        root.Add("layer-0", layer);
        root.Add("root", root);
        layer.Add("kernel", kernel);
        layer.Add("a.b/c", TrackableObject.Variable("x", Tensor.Scalar(2f)));
        var optimizer = root.Add("optimizer", new TrackableObject());
        root.Add("short", kernel);
        optimizer.AddSlot(kernel, "m", TrackableObject.Variable("dense/kernel/m", Tensor.Scalar(3f)));

        var (graph, tensors) = ObjectGraphBuilder.Build(root);

        Assert.Equal(
            ["short", "layer_with_weights-0/a..b.Sc", "short/.OPTIMIZER_SLOT/optimizer/m"],
            tensors.Select(tensor => tensor.Key.Replace("/.ATTRIBUTES/VARIABLE_VALUE", string.Empty, StringComparison.Ordinal)));
        Assert.Equal(graph.Find("layer_with_weights-0", "kernel"), graph.Find("root", "root", "layer-0", "kernel"));
        Assert.Equal("short/.ATTRIBUTES/VARIABLE_VALUE", graph.ValueKey(graph.Find("short")!.Value));
        Assert.Equal(tensors[2].Key, graph.KeysByFullName()["dense/kernel/m"]);
        Assert.Null(graph.Find("layer_with_weights-0", "nothing", "more"));
    }

    [Fact]
    public void Graphs_that_are_too_large_are_refused()
    {
        var nodes = Enumerable.Repeat(new ObjectNode { Children = [new("x", 0)] }, 100).ToArray();
        var bytes = new ObjectGraph(nodes).ToBytes();
        Assert.Equal(100, ObjectGraph.Parse(bytes).Nodes.Count);
        var error = Assert.Throws<ModelToolsException>(() => ObjectGraph.Parse(bytes, new ModelReadLimits { MaximumObjects = 150 }));
        Assert.Equal(ErrorCode.StructureLimit, error.Code);
    }

    [SkippableFact]
    public void TensorFlow_restores_what_was_built()
    {
        using var folder = new TemporaryFolder("modeltools");
        var root = new TrackableObject();
        var a = root.Add("a", new TrackableObject());
        a.Add("v.w/x", TrackableObject.Variable("v", Tensor.FromArray([1f, 2f])));
        root.Add("again", a);
        var (graph, tensors) = ObjectGraphBuilder.Build(root);
        CheckpointWriter.Write(folder["model"], tensors.Select(item => KeyValuePair.Create(item.Key, item.Variable.Value!)), graph);
        var text = Oracle.Execute(
            """
            import sys, tensorflow as tf
            root = tf.train.Checkpoint(); a = tf.train.Checkpoint(); v = tf.Variable([0., 0.])
            setattr(a, 'v.w/x', v); root.a = a; root.again = a
            root.read(tf.train.latest_checkpoint(sys.argv[1])).assert_existing_objects_matched()
            print(v.numpy().tolist())
            """,
            folder.Path);
        Assert.Equal("[1.0, 2.0]", text.Trim());
    }
}
