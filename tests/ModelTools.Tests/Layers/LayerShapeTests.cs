using System.Text.Json;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Tests.Layers;

/// <summary>Output shapes and weights of each layer, as the real Keras gives them.</summary>
public class LayerShapeTests
{
    private static readonly string[] NeedsKnownExtents = ["center_crop", "lstm_hard_sigmoid"];

    public static TheoryData<string> Names => [.. LayerCase.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Output_shapes_are_those_of_Keras(string name)
    {
        var item = LayerCase.Named(name);
        foreach (var dialect in item.Dialects)
        {
            Assert.Equal(ShapesOf(item.Expected(dialect).GetProperty("shapes")), Infer(item, dialect, item.InputShapes));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Open_extents_stay_open_as_in_Keras(string name)
    {
        var item = LayerCase.Named(name);
        CheckOpen(item, "open_batch", shape => shape.With(0, Shape.Unknown));
        if (!NeedsKnownExtents.Contains(name))
        {
            CheckOpen(item, "open_all", AllOpen);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_have_the_names_shapes_and_order_of_Keras(string name)
    {
        var item = LayerCase.Named(name);
        foreach (var dialect in item.Dialects)
        {
            var scope = Build(item, dialect).Weights!;
            var ours = scope.InKerasOrder.Where(variable => variable.Name != "count").Select(variable => (RoleOf(variable.Name), variable.Shape));
            var theirs = item.Expected(dialect).GetProperty("weights").EnumerateArray().Select(weight => (RoleOf(weight[0].GetString()!), LayerArguments.ShapeOf(weight[1])));
            Assert.Equal(theirs, ours);
        }
    }

    [Theory]
    [InlineData("center_crop", "MT4002")]
    [InlineData("lstm_hard_sigmoid", "MT3006")]
    public void What_needs_a_known_extent_says_so(string name, string code)
    {
        var item = LayerCase.Named(name);
        var error = Assert.Throws<ModelToolsException>(() => Infer(item, item.Dialects[0], [.. item.InputShapes.Select(AllOpen)]));
        Assert.Equal(code, error.Code.Id);
        Assert.Contains("known", error.Message, StringComparison.Ordinal);
    }

    private static Shape AllOpen(Shape shape) => [.. Enumerable.Repeat(Shape.Unknown, shape.Rank - 1), shape[^1]];

    private static void CheckOpen(LayerCase item, string key, Func<Shape, Shape> open)
    {
        // Where the generations differ, one of them knows less or is wrong: agreeing with one is right.
        var answers = item.Dialects.Select(dialect => item.Expected(dialect).GetProperty(key)).Where(answer => answer.ValueKind is not JsonValueKind.Null).Select(ShapesOf).ToArray();
        if (answers.Length == 0)
        {
            return;
        }

        var ours = Infer(item, item.Dialects[0], [.. item.InputShapes.Select(open)]);
        Assert.Contains(answers, answer => answer.SequenceEqual(ours));
    }

    private static Shape[] Infer(LayerCase item, KerasDialect dialect, IReadOnlyList<Shape> shapes) =>
        [.. Build(item, dialect, shapes).Calls[0].Outputs.Select(output => output.Shape)];

    private static ModelLayer Build(LayerCase item, KerasDialect dialect, IReadOnlyList<Shape>? shapes = null)
    {
        var inputs = (shapes ?? item.InputShapes).Select((shape, index) => Model.Input(shape, item.InputType(index), $"in{index}")).ToArray();
        var layer = new ModelLayer(item.Layer(dialect));
        var arguments = item.Options.TryGetProperty("call", out var call) ? call.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetRawText()) : [];
        layer.Apply(inputs, item.Keywords, System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(arguments));
        return layer;
    }

    private static Shape[] ShapesOf(JsonElement shapes) => [.. shapes.EnumerateArray().Select(LayerArguments.ShapeOf)];

    // Keras 3 calls the kernel of a depthwise convolution "kernel", that of a separable one "depthwise_kernel". The role is the same.
    private static string RoleOf(string name) => name == "depthwise_kernel" ? "kernel" : name;
}
