using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Tests.Layers;

/// <summary>What users are told about options and inputs that cannot be.</summary>
public class LayerValidationTests
{
    public static TheoryData<Layer, string> BadOptions => new()
    {
        { new Dense(0), "Units = 0" },
        { new Dense(-3), "Units = -3" },
        { new Conv2D(0, 3), "Filters = 0" },
        { new Conv2D(8, 0), "KernelSize = 0" },
        { new Conv2D(8, new[] { 3, 3, 3 }), "KernelSize" },
        { new Conv2D(8, 3) { Strides = 0 }, "Strides = 0" },
        { new Conv2D(8, 3) { Strides = 2, DilationRate = 2 }, "DilationRate" },
        { new Conv2D(8, 3) { Padding = Padding.Causal }, "causal" },
        { new Conv2D(9, 3) { Groups = 2 }, "Groups = 2" },
        { new Conv1DTranspose(2, 3) { OutputPadding = 1 }, "OutputPadding" },
        { new DepthwiseConv2D(3) { DepthMultiplier = 0 }, "DepthMultiplier = 0" },
        { new MaxPooling2D(0), "PoolSize = 0" },
        { new Dropout(-0.1), "Rate = -0.1" },
        { new Dropout(1.5), "Rate = 1.5" },
        { new Dropout(double.NaN), "Rate = NaN" },
        { new Embedding(0, 4), "InputDim = 0" },
        { new Embedding(4, 0), "OutputDim = 0" },
        { new RepeatVector(0), "N = 0" },
        { new Permute(new[] { 1, 3 }), "Dims" },
        { new Reshape([-1, -1]), "TargetShape" },
        { new ZeroPadding2D { Padding = -1 }, "Padding" },
        { new Cropping1D { Cropping = new[] { 1, 2, 3 } }, "Cropping" },
        { new UpSampling2D(0), "Size = 0" },
        { new LSTM(0), "Units = 0" },
        { new LSTM(4) { Dropout = 1 }, "Dropout = 1" },
        { new Bidirectional(new Dense(3)), "LSTM" },
        { new Bidirectional(new LSTM(3)) { BackwardLayer = new LSTM(3) }, "different directions" },
        { new StackedRNNCells([]), "at least one cell" },
        { new TimeDistributed(new Dense(0)), "Units = 0" },
        { new MultiHeadAttention(0, 4), "NumHeads = 0" },
        { new Dot(0), "Axes" },
        { new GroupNormalization(0), "Groups = 0" },
        { new LeakyReLU(-1), "NegativeSlope" },
        { new ReLU { MaxValue = -1 }, "MaxValue" },
        { new EinsumDense("ab->ab", [4]), "Equation" },
        { new Normalization { Mean = 1.0 }, "Variance" },
    };

    public static TheoryData<Layer, Shape[], string> BadInputs => new()
    {
        { new Dense(3), [[-1]], "at least 2 axes" },
        { new Dense(3), [[-1, -1]], "known size" },
        { new Conv2D(8, 3), [[-1, 28, 28]], "takes inputs with 4 axes" },
        { new Conv2D(8, 3), [[-1, 28, 28, -1]], "known number of channels" },
        { new Conv2D(8, 5), [[-1, 4, 4, 3]], "does not fit" },
        { new Conv2D(8, 3) { Groups = 2 }, [[-1, 8, 8, 3]], "Groups = 2" },
        { new MaxPooling2D(), [[-1, 1, 1, 3]], "does not fit" },
        { new Add(), [[-1, 3], [-1, 4]], "(None, 3) and (None, 4)" },
        { new Add(), [[-1, 3]], "at least 2 inputs" },
        { new Subtract(), [[-1, 3], [-1, 3], [-1, 3]], "2 inputs, not 3" },
        { new Concatenate(), [[-1, 3, 2], [-1, 4, 2]], "cannot be joined" },
        { new Dot(1), [[-1, 3], [-1, 4]], "3 and 4" },
        { new Reshape([5, 5]), [[-1, 24]], "24 numbers" },
        { new Cropping1D { Cropping = 3 }, [[-1, 6, 2]], "cuts 3 + 3" },
        { new LSTM(3), [[-1, 4]], "3 axes" },
        { new GroupNormalization(3), [[-1, 8]], "8 channels into 3 groups" },
        { new LayerNormalization { Axis = 3 }, [[-1, 8]], "axes 3" },
        { new EinsumDense("abc,cd->abd", [3, 4]), [[-1, 8]], "Equation" },
        { new MultiHeadAttention(2, 3), [[-1, 4, 5]], "a query, a value" },
        { new GlobalMaxPooling2D(), [[-1, 4, 5]], "4 axes" },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Bad_options_are_named(Layer layer, string expected)
    {
        var error = Assert.Throws<ModelToolsException>(() => new ModelLayer(layer with { Name = "mine" }));
        Assert.Equal("MT3007", error.Code.Id);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(layer is TimeDistributed ? "Dense" : "mine", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BadInputs))]
    public void Inputs_that_do_not_fit_are_explained(Layer layer, Shape[] inputs, string expected)
    {
        var error = Assert.Throws<ModelToolsException>(() => new ModelLayer(layer with { Name = "mine" }).Apply([.. inputs.Select((shape, i) => Model.Input(shape, name: $"in{i}"))]));
        Assert.Equal("MT3006", error.Code.Id);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_carry_code_are_told_from_unknown_ones()
    {
        Assert.Equal("MT2005", Refusal(new UnknownLayer("Lambda", "{}")).Code.Id);
        Assert.Equal("MT4001", Refusal(new UnknownLayer("LearnedScale", "{}")).Code.Id);

        static ModelToolsException Refusal(Layer layer)
        {
            var weights = new LayerWeights<TensorSpec>(ShapeOperators.Instance, null!, new WeightScope(layer, "layer"));
            var call = new LayerCall<TensorSpec>(ShapeOperators.Instance, [new Masked<TensorSpec>(new TensorSpec(DType.Float32, [-1, 3]))], [null], weights, new CallContext<TensorSpec>(), false);
            return Assert.Throws<ModelToolsException>(() => layer.Call(call));
        }
    }

    [Fact]
    public void Unknown_activations_are_kept_and_refused()
    {
        Assert.Null(Activations.Find("my_function", ModelTools.Objects.KerasDialect.Keras3));
        var error = Assert.Throws<ModelToolsException>(() => new ModelLayer(new Dense(3) { Activation = new UnknownActivation("my_function") }).Apply([Model.Input([-1, 3])]));
        Assert.Equal("MT4001", error.Code.Id);
        Assert.Contains("my_function", error.Message, StringComparison.Ordinal);
    }
}
