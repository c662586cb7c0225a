using System.Collections.Immutable;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Tests.Torch;
using ModelTools.Torch;
using ModelTools.Torch.Operators;
using TorchSharp;

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
            using var run = new LayerRun(item, dialect);
            var expected = item.Expected(dialect);
            var shapes = expected.GetProperty("shapes").EnumerateArray().Select(LayerArguments.ShapeOf).ToArray();
            Assert.Equal(shapes.Length, run.Outputs.Count);
            foreach (var ((text, shape), output) in expected.GetProperty("outputs").EnumerateArray().Zip(shapes).Zip(run.Outputs))
            {
                Assert.Null(Compare.Difference(output, Tensor.FromArray<float>(LayerCase.Floats(text), shape), 1e-5));
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
        using var training = new LayerRun(item, KerasDialect.Keras3);
        using var inference = new LayerRun(item, KerasDialect.Keras3, training: false);
        Assert.NotNull(Compare.Difference(training.Outputs[0], item.Input(0), 0));
        Assert.Null(Compare.Difference(inference.Outputs[0], item.Input(0), 0));
        Assert.Equal(item.InputShapes[0], training.Outputs[0].Shape);
    }

    /// <summary>A layer, built, given its weights, and called once.</summary>
    private sealed class LayerRun : IDisposable
    {
        private readonly TorchOperators _op = new();
        private readonly VariableStore _variables = new();

        public LayerRun(LayerCase item, KerasDialect dialect, bool? training = null)
        {
            using var scope = torch.NewDisposeScope();
            using var noGradient = torch.no_grad();
            var layer = item.Layer(dialect);
            layer.Validate();
            var builder = new WeightBuilder(layer, layer.Name, layer.Name);
            layer.Build([.. item.InputShapes.Where((_, i) => item.Keywords[i] is null), .. layer.BuildArguments.SelectMany(argument => item.InputShapes.Where((_, i) => item.Keywords[i] == argument))], builder);
            Variables = [.. builder.Scope.InKerasOrder.Where(variable => variable.Name != "count")];
            for (var i = 0; i < Variables.Count; i++)
            {
                Variables[i].Value = LayerCase.Weight(Variables[i], i);
            }

            var inputs = item.InputShapes.Select((_, i) => new Masked<torch.Tensor>(_op.Constant(item.Input(i)), item.Mask(i) is { } mask ? _op.Constant(mask) : null));
            var arguments = item.Options.TryGetProperty("call", out var call) ? call.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetRawText()) : [];
            var context = new CallContext<torch.Tensor> { Training = training ?? item.Training, Dialect = dialect };
            var outputs = layer.Call(new LayerCall<torch.Tensor>(_op, [.. inputs], item.Keywords, new LayerWeights<torch.Tensor>(_op, _variables, builder.Scope), context, context.Training)
            {
                Arguments = ImmutableSortedDictionary.CreateRange(arguments),
            });
            Outputs = [.. outputs.Select(output => TorchMemory.Download(output.Value))];
            _variables.ApplyUpdates();
            _variables.WriteBack();
        }

        public IReadOnlyList<Variable> Variables { get; }

        public IReadOnlyList<Tensor> Outputs { get; }

        public void Dispose()
        {
            _variables.Dispose();
            _op.Dispose();
        }
    }
}
