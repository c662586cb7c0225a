using ModelTools.Diagnostics;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Tests.Layers;

/// <summary>Calls that no Keras would record: too few tensors, too many, of other ranks and types, under any name.</summary>
public sealed class HostileCallTests
{
    public static TheoryData<string> Names => new(LayerCase.All.Select(item => item.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_takes_a_call_or_says_why_not(string name)
    {
        var item = LayerCase.Named(name);
        var dialect = item.Dialects[0];
        Shape[] shapes = [.. item.InputShapes];
        Shape[][] calls =
        [
            shapes, [.. shapes.Skip(1)], [shapes[0], .. shapes], [.. Enumerable.Repeat(shapes[0], 7)], [.. shapes.Select(_ => Shape.Create([-1]))], [.. shapes.Select(_ => Shape.Scalar)],
            [.. shapes.Select(shape => Shape.Create([.. shape, 3, 3]))], [.. shapes.Select(shape => Shape.Create([.. shape.Select(_ => -1L)]))], [.. shapes.Select(shape => Shape.Create([.. shape.Select(_ => 0L)]))],
            [.. shapes.Select(shape => Shape.Create([-1, .. shape.Skip(1).Select(_ => 1L)]))],
        ];
        var taken = 0;
        foreach (var call in calls.Where(call => call.Length > 0))
        {
            foreach (var type in new[] { item.InputType(0), DType.Bool, DType.Int64, DType.String, DType.Complex64 })
            {
                // Keras records the mode of a call, masks and states under names.
                foreach (var keyword in new[] { null, "mask", "initial_state", "value", "x" })
                {
                    try
                    {
                        var inputs = call.Select((shape, index) => Model.Input(shape, type, $"in{index}")).ToArray();
                        var layer = new ModelLayer(item.Layer(dialect)) { IsTolerant = true };
                        layer.Apply(inputs, [.. inputs.Select((_, index) => index == inputs.Length - 1 ? keyword : null)]);
                        taken++;

                        // A second call on other tensors than those that the layer was built on.
                        layer.Apply([inputs[0]]);
                        layer.Apply([.. inputs, .. inputs]);
                    }
                    catch (ModelToolsException error)
                    {
                        Assert.NotEqual(ErrorCode.Defect, error.Code);
                    }
                }
            }
        }

        Assert.NotEqual(0, taken);
    }
}
