using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Tests.Torch;

namespace ModelTools.Tests.Layers;

/// <summary>What each layer computes, as the real Keras does (fixtures/layers/cases.json).</summary>
public class LayerNumbersTests
{
    public static TheoryData<string> Names => [.. LayerCase.All.Where(item => !item.Has("none")).Select(item => item.Name)];

    public static TheoryData<string> RandomNames => [.. LayerCase.All.Where(item => item.Has("none")).Select(item => item.Name)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Outputs_are_those_of_Keras(string name)
    {
        Engine.Require();
        var item = LayerCase.Named(name);
        foreach (var dialect in item.Dialects)
        {
            using var run = LayerRun.Of(item, dialect);
            var expected = item.Expected(dialect);
            var shapes = expected.GetProperty("shapes").EnumerateArray().Select(LayerArguments.ShapeOf).ToArray();
            Assert.Equal(shapes.Length, run.Outputs.Count);
            foreach (var ((text, shape), output) in expected.GetProperty("outputs").EnumerateArray().Zip(shapes).Zip(run.Outputs))
            {
                Assert.Null(Compare.NumbersDifference(output, Tensor.FromArray<float>(LayerCase.Floats(text), shape), 1e-5));
            }

            if (expected.TryGetProperty("after", out var after))
            {
                foreach (var (text, variable) in after.EnumerateArray().Zip(run.Variables))
                {
                    Assert.Null(Compare.Difference(variable.Value, Tensor.FromArray<float>(LayerCase.Floats(text), variable.Shape), 1e-5));
                }
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(RandomNames))]
    public void Random_layers_disturb_in_training_only(string name)
    {
        Engine.Require();
        var item = LayerCase.Named(name);
        using var training = LayerRun.Of(item, KerasDialect.Keras3);
        using var inference = LayerRun.Of(item, KerasDialect.Keras3, training: false);
        Assert.NotNull(Compare.Difference(training.Outputs[0], item.Input(0), 0));
        Assert.Null(Compare.Difference(inference.Outputs[0], item.Input(0), 0));
        Assert.Equal(item.InputShapes[0], training.Outputs[0].Shape);
    }
}
