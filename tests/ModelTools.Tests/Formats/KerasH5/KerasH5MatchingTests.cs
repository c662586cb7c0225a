using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.KerasH5;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.KerasH5;

/// <summary>Weights go where they belong, or one clear error says why they do not.</summary>
public sealed class KerasH5MatchingTests : IDisposable
{
    private static readonly KerasH5Format Format = new();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_build_a_network_that_does_not_know_its_input()
    {
        var path = Save(Network(8, 4, 2));
        var model = Model.Sequential([new Dense(4), new Dropout(0.5), new Dense(2)]);
        Assert.False(model.IsBuilt);
        Load(path, model);
        Assert.Equal([Shape.Unknown, 8], model.Inputs[0].Shape);
        Assert.Equal(0.25f, model.Variables.First().Value.AsSpan<float>()[0]);
    }

    [Fact]
    public void A_network_whose_input_the_weights_do_not_tell_must_be_built_first()
    {
        var path = Save(Network(8, 4, 2));
        var error = Assert.Throws<ModelToolsException>(() => Load(path, Model.Sequential([new Flatten(), new Dense(4), new Dense(2)])));
        Assert.Equal(ErrorCode.ModelNotBuilt, error.Code);
    }

    [Fact]
    public void Another_number_of_layers_is_refused_with_both_lists()
    {
        var error = Refused(Network(8, 4, 2), Network(8, 4, 3, 2));
        Assert.Equal(ErrorCode.LayerCountMismatch, error.Code);
        Assert.Contains("The file has weights for 2 layers, the model has 3 layers with weights.", error.Message, StringComparison.Ordinal);
        Assert.Contains("dense_2 (Dense) (3, 2) (2,)", error.Message, StringComparison.Ordinal);
        Assert.Equal(_folder["weights.h5"], error.Path);
    }

    [Fact]
    public void Another_size_is_refused_with_both_shapes()
    {
        var model = Network(8, 5, 2);
        var before = model.Variables.Select(variable => variable.Value).ToList();
        var error = Assert.Throws<ModelToolsException>(() => Load(Save(Network(8, 4, 2)), model));
        Assert.Equal(ErrorCode.WeightShapeMismatch, error.Code);
        Assert.Equal("The weight 'kernel' of the layer dense (Dense) has shape (8, 5); the file has shape (8, 4) for it in 'dense'.", error.Message);
        Assert.Equal(before, model.Variables.Select(variable => variable.Value));
    }

    [Fact]
    public void Another_number_of_weights_is_refused_with_their_roles()
    {
        var error = Refused(Network(8, 4), Model.Sequential([new InputLayer([Shape.Unknown, 8]), new Dense(4) { UseBias = false }]));
        Assert.Equal(ErrorCode.WeightCountMismatch, error.Code);
        Assert.Contains("has 1 weight (kernel); the file has 2 for its layer 'dense' (kernel, bias)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_weights_of_another_kind_of_layer_are_refused()
    {
        var normalised = Model.Sequential([new InputLayer([Shape.Unknown, 4]), new LayerNormalization()]);
        var error = Refused(normalised, Model.Sequential([new InputLayer([Shape.Unknown, 4]), new Dense(3)]));
        Assert.Equal(ErrorCode.LayerMismatch, error.Code);
        Assert.Contains("in its place the file has the layer 'layer_normalization' with gamma, beta", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mismatches_can_be_skipped()
    {
        var model = Network(8, 4, 3);
        var last = model.Layers[1].Variables.Select(variable => variable.Value).ToList();
        using var assignment = Format.MatchWeights(Save(Network(8, 4, 2)), model, new ModelReadOptions { SkipMismatch = true });
        Assert.Equal(["/dense_1/dense_1/kernel:0", "/dense_1/dense_1/bias:0"], assignment.Mismatched);
        assignment.Apply();
        Assert.Equal(0.25f, model.Layers[0].Variables.First().Value.AsSpan<float>()[0]);
        Assert.Equal(last, model.Layers[1].Variables.Select(variable => variable.Value));
    }

    [Fact]
    public void Layers_can_be_found_by_name()
    {
        var path = Save(Network(8, 4, 2));
        var model = Model.Sequential([new InputLayer([Shape.Unknown, 8]), new Dense(6) { Name = "new" }, new Dense(4) { Name = "other" }, new Dense(2) { Name = "dense_1" }]);
        using var assignment = Format.MatchWeights(path, model, new ModelReadOptions { ByName = true });
        assignment.Apply();
        Assert.Equal(["/dense_1/dense_1/kernel:0", "/dense_1/dense_1/bias:0"], assignment.Matches.Select(match => match.Source));
        Assert.Equal(["new/kernel", "new/bias", "other/kernel", "other/bias"], assignment.Missing);
        Assert.Equal(["/dense/dense/kernel:0", "/dense/dense/bias:0"], assignment.Unused);
    }

    /// <summary>A frozen layer's weights stand behind the others in the file; a model where it is not frozen gets the right ones all the same.</summary>
    [Fact]
    public void Names_find_weights_that_were_saved_in_another_order()
    {
        var frozen = Nested(isFrozen: true);
        var thawed = Nested(isFrozen: false);
        Assert.NotEqual(frozen.Layers[1].Weights!.InKerasOrder.Select(variable => variable.FullName), thawed.Layers[1].Weights!.InKerasOrder.Select(variable => variable.FullName));
        Load(Save(frozen), thawed);
        foreach (var variable in frozen.Variables)
        {
            Assert.Equal(Crc32.Of(variable.Value), Crc32.Of(thawed.Variables.Single(other => other.FullName == variable.FullName).Value));
        }

        static Model Nested(bool isFrozen)
        {
            var input = Model.Input([Shape.Unknown, 4]);
            var inner = Model.Sequential([new InputLayer([Shape.Unknown, 4]), new Dense(4) { Name = "first", Trainable = !isFrozen }, new Dense(4) { Name = "second" }], "inner");
            var model = Model.Functional([input], new ModelLayer(new NestedModel(inner) { Name = "inner" }).Apply([input]));
            model.Initialize(isFrozen ? 1 : 2);
            return model;
        }
    }

    /// <summary>Files of the real Kerases that are part of the project.</summary>
    [Theory]
    [InlineData("dense_basic.k2.h5", 1)]
    [InlineData("dense_basic.k3.h5", 1)]
    [InlineData("shared_layer.k2.h5", 3)]
    [InlineData("shared_layer.k3.h5", 3)]
    [InlineData("embedding.k2.h5", 1)]
    [InlineData("embedding.k3.h5", 1)]
    public void Files_of_keras_are_read_and_copied(string name, int callsOfTheFirstWeights)
    {
        var path = Path.Combine(TestFolders.Fixtures, "kerash5", name);
        Assert.IsType<KerasH5Format>(ModelFormat.Detect(path));
        var model = Format.Read(path, ModelReadOptions.Default);
        Assert.Equal(callsOfTheFirstWeights, model.Layers.First(layer => layer.Variables.Any()).Calls.Count);
        Format.Write(model, _folder["copy.h5"], new ModelWriteOptions { Dialect = model.Dialect });
        var copy = Format.Read(_folder["copy.h5"], ModelReadOptions.Default);
        Assert.Equal(model.Variables.Select(variable => (variable.FullName, Crc32.Of(variable.Value))), copy.Variables.Select(variable => (variable.FullName, Crc32.Of(variable.Value))));
    }

    [Fact]
    public void A_damaged_file_is_told_as_damaged()
    {
        var whole = File.ReadAllBytes(Path.Combine(TestFolders.Fixtures, "kerash5", "dense_basic.k2.h5"));
        File.WriteAllBytes(_folder["half.h5"], whole[..(whole.Length / 2)]);
        var error = Assert.Throws<ModelToolsException>(() => ModelFile.Load(_folder["half.h5"]));
        Assert.Contains(error.Code, (IEnumerable<ErrorCode>)[ErrorCode.Truncated, ErrorCode.CorruptHdf5]);
        Assert.Equal(_folder["half.h5"], error.Path);
    }

    [Fact]
    public void A_model_without_weights_is_not_written()
    {
        var error = Assert.Throws<ModelToolsException>(() => Format.WriteWeights(Model.Sequential([new Dense(3)]), _folder["none.h5"], ModelWriteOptions.Default));
        Assert.Equal(ErrorCode.ModelNotBuilt, error.Code);
        Assert.False(File.Exists(_folder["none.h5"]));
    }

    [Fact]
    public void Writing_tells_how_far_it_is()
    {
        var reports = new Reports();
        Format.Write(Network(600, 600), _folder["model.h5"], new ModelWriteOptions { Progress = reports });
        Assert.Equal(100, reports.Last.Percent);
        Assert.Equal(new FileInfo(_folder["model.h5"]).Length, reports.Last.Done);
    }

    [Fact]
    public void Weights_go_into_memory_and_the_file_is_closed()
    {
        var path = Save(Network(8, 4));
        var model = Network(8, 4);
        Load(path, model);
        File.Delete(path);
        Assert.Equal(0.25f, model.Variables.First().Value.AsSpan<float>()[0]);
    }

    [Fact]
    public void A_model_in_a_file_of_weights_is_not_found()
    {
        var error = Assert.Throws<ModelToolsException>(() => Format.Read(Save(Network(8, 4)), ModelReadOptions.Default));
        Assert.Equal(ErrorCode.MissingPart, error.Code);
    }

    [Fact]
    public void A_whole_model_gives_its_weights_too()
    {
        var path = _folder["whole.h5"];
        Format.Write(Network(8, 4, 2), path, ModelWriteOptions.Default);
        var model = Model.Sequential([new Dense(4), new Dense(2)]);
        Load(path, model);
        Assert.Equal(0.25f, model.Variables.First().Value.AsSpan<float>()[0]);
    }

    [Fact]
    public void Inspection_tells_layers_and_tensors()
    {
        var path = _folder["whole.h5"];
        Format.Write(Network(8, 4, 2), path, ModelWriteOptions.Default);
        var info = Format.Inspect(path, ModelReadLimits.Default);
        Assert.Equal("Keras 2.15.0", info.WrittenBy);
        Assert.Equal(ModelParts.Structure | ModelParts.Weights, info.Parts);
        Assert.Equal(46, info.ParameterCount);
        Assert.Contains(info.Tensors, tensor => tensor is { Layer: "dense", Name: "/model_weights/dense/dense/kernel:0", ByteCount: 128 });
        Assert.False(info.Model!.Variables.First().HasValue);
        Assert.Empty(info.Findings);
    }

    [Theory]
    [InlineData("hard_sigmoid", KerasDialect.Keras2, KerasDialect.Keras3)]
    [InlineData("celu", KerasDialect.Keras3, KerasDialect.Keras2)]
    public void What_a_generation_cannot_say_is_refused(string activation, KerasDialect source, KerasDialect other)
    {
        var model = Model.Sequential([new InputLayer([Shape.Unknown, 8]), new Dense(4) { Activation = Activations.Find(activation, source)! }]);
        var error = Assert.Throws<ModelToolsException>(() => Format.Write(model, _folder["refused.h5"], new ModelWriteOptions { Dialect = other }));
        Assert.Equal(ErrorCode.UnsupportedConversion, error.Code);
        Assert.False(File.Exists(_folder["refused.h5"]));
        Format.Write(model, _folder["written.h5"], ModelWriteOptions.Default);
        Assert.Equal(source, Format.Read(_folder["written.h5"], ModelReadOptions.Default).Dialect);
    }

    private sealed class Reports : IProgress<OperationProgress>
    {
        public OperationProgress Last { get; private set; }

        public void Report(OperationProgress value) => Last = value;
    }

    private static Model Network(int inputs, params int[] units)
    {
        var model = Model.Sequential([new InputLayer([Shape.Unknown, inputs]), .. units.Select(size => new Dense(size))]);
        foreach (var variable in model.Variables)
        {
            variable.Value = Tensor.FromArray<float>([.. Enumerable.Repeat(0.25f, (int)variable.Shape.ElementCount)], variable.Shape);
        }

        return model;
    }

    private string Save(Model model)
    {
        Format.WriteWeights(model, _folder["weights.h5"], new ModelWriteOptions { Force = true });
        return _folder["weights.h5"];
    }

    private static void Load(string path, Model model)
    {
        using var assignment = Format.MatchWeights(path, model, ModelReadOptions.Default);
        assignment.Apply();
    }

    private ModelToolsException Refused(Model stored, Model model) => Assert.Throws<ModelToolsException>(() => Load(Save(stored), model));
}
