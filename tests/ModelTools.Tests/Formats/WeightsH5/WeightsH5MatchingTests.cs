using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.Hdf5;
using ModelTools.Formats.WeightsH5;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.WeightsH5;

/// <summary>How stored weights find their layers: the layouts of all generations, and what users are told where they do not fit.</summary>
public class WeightsH5MatchingTests
{
    private static readonly WeightsH5Format Format = new();

    public static TheoryData<string, string[]> Layouts => new()
    {
        { "Keras 3 and Keras 2.15", ["layers/dense", "layers/dense_1", "layers/dense_2"] },
        { "Keras 2.14", ["_layer_checkpoint_dependencies/dense", "_layer_checkpoint_dependencies/dense_1", "_layer_checkpoint_dependencies/dense_2"] },
        { "Keras 2.12 and 2.13, which count each layer twice", ["_layer_checkpoint_dependencies/dense", "_layer_checkpoint_dependencies/dense_2", "_layer_checkpoint_dependencies/dense_4"] },
        { "Keras 2 on Windows", [@"layers\dense", @"layers\dense_1", @"layers\dense_2"] },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Each_generation_s_layout_is_read(string writer, string[] groups)
    {
        using var folder = new TemporaryFolder();
        Write(folder["x.weights.h5"], groups, 3, 4, 5, 6);
        var model = Chain(3, 4, 5, 6);
        ModelFile.LoadWeights(model, folder["x.weights.h5"]);
        Assert.All(model.Layers.Zip([0f, 1f, 2f]), pair => Assert.Equal(pair.Second, pair.First.Variables.First().Value.AsSpan<float>()[0]));
        Assert.NotEmpty(writer);
    }

    [Fact]
    public void Numbers_are_sorted_as_numbers()
    {
        using var folder = new TemporaryFolder();
        var sizes = Enumerable.Repeat(2, 13).ToArray();
        Write(folder["x.weights.h5"], [.. Enumerable.Range(0, 12).Select(i => $"_layer_checkpoint_dependencies/dense{(i == 0 ? "" : $"_{2 * i}")}")], sizes);
        var model = Chain(sizes);
        ModelFile.LoadWeights(model, folder["x.weights.h5"]);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (float)i), model.Layers.Select(layer => layer.Variables.First().Value.AsSpan<float>()[0]));
    }

    [Fact]
    public void A_layer_that_is_missing_is_named_and_nothing_changes()
    {
        using var folder = new TemporaryFolder();
        Write(folder["x.weights.h5"], ["layers/dense", "layers/dense_1"], 3, 4, 5);
        var model = Chain(3, 4, 5, 6);
        model.Initialize(1);
        var before = model.Variables.Select(variable => Crc32.Of(variable.Value)).ToList();
        var error = Assert.Throws<ModelToolsException>(() => ModelFile.LoadWeights(model, folder["x.weights.h5"]));
        Assert.Equal(ErrorCode.LayerCountMismatch, error.Code);
        Assert.Contains("3 layers of the kind 'dense'", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Variables.Select(variable => Crc32.Of(variable.Value)));

        using var lenient = Format.MatchWeights(folder["x.weights.h5"], model, new ModelReadOptions { SkipMismatch = true });
        Assert.Equal(4, lenient.Matches.Count);
        Assert.Equal(2, lenient.Missing.Count);
    }

    [Fact]
    public void Another_size_is_told_with_both_shapes()
    {
        using var folder = new TemporaryFolder();
        Write(folder["x.weights.h5"], ["layers/dense"], 3, 4);
        var error = Assert.Throws<ModelToolsException>(() => ModelFile.LoadWeights(Chain(3, 5), folder["x.weights.h5"]));
        Assert.Equal(ErrorCode.WeightShapeMismatch, error.Code);
        Assert.Contains("(3, 5)", error.Message, StringComparison.Ordinal);
        Assert.Contains("(3, 4)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_weights_is_told()
    {
        using var folder = new TemporaryFolder();
        Write(folder["x.weights.h5"], ["layers/dense"], 3, 4);
        var error = Assert.Throws<ModelToolsException>(() => ModelFile.LoadWeights(Model.Sequential([new InputLayer([Shape.Unknown, 3]), new Dense(4) { UseBias = false }]), folder["x.weights.h5"]));
        Assert.Equal(ErrorCode.WeightCountMismatch, error.Code);
    }

    [Fact]
    public void Surplus_layers_are_refused_unless_asked_for()
    {
        using var folder = new TemporaryFolder();
        Write(folder["x.weights.h5"], ["layers/dense", "layers/dense_1"], 3, 4, 5);
        var error = Assert.Throws<ModelToolsException>(() => Format.MatchWeights(folder["x.weights.h5"], Chain(3, 4), ModelReadOptions.Default));
        Assert.Equal(ErrorCode.LayerCountMismatch, error.Code);
        using var assignment = Format.MatchWeights(folder["x.weights.h5"], Chain(3, 4), new ModelReadOptions { SkipMismatch = true });
        Assert.Equal(["/layers/dense_1/vars/0", "/layers/dense_1/vars/1"], assignment.Unused);
    }

    [Fact]
    public void A_model_without_input_shape_takes_it_from_the_weights()
    {
        using var folder = new TemporaryFolder();
        Write(folder["x.weights.h5"], ["layers/dense", "layers/dense_1"], 3, 4, 5);
        var model = Model.Sequential([new Dense(4), new Dense(5)]);
        ModelFile.LoadWeights(model, folder["x.weights.h5"]);
        Assert.Equal(3, model.InputSpecs[0].Shape[1]);
    }

    /// <summary>Keras 3 keeps the names of layers in its files, though it does not use them itself.</summary>
    [Fact]
    public void Layers_are_found_by_name_in_files_of_Keras_3()
    {
        var model = Model.Sequential([new InputLayer([Shape.Unknown, 4]), new Dense(3) { Name = "shared" }, new Dense(2) { Name = "new" }]);
        var path = Path.Combine(TestFolders.Fixtures, "keras", "shared_layer.k3.weights.h5");
        using var assignment = Format.MatchWeights(path, model, new ModelReadOptions { ByName = true, SkipMismatch = true });
        Assert.Contains("new/kernel", assignment.Missing);
        Assert.Contains(assignment.Matches.Select(match => match.Layer).Concat(assignment.Mismatched), name => name.StartsWith("shared", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_shard_outside_of_the_folder_is_refused()
    {
        var path = TestFolders.RequireShared("fixtures", "broken", "keras", "shards_outside.weights.json");
        Assert.Equal(ErrorCode.PathEscape, Assert.Throws<ModelToolsException>(() => ModelFile.LoadWeights(Chain(3, 4), path)).Code);
        Assert.Equal(ErrorCode.PathEscape, Assert.Throws<ModelToolsException>(() => ModelFile.Inspect(path)).Code);
    }

    [Fact]
    public void An_extension_of_two_parts_chooses_the_format()
    {
        Assert.IsType<WeightsH5Format>(ModelFormat.ForWriting("x.weights.h5", ModelParts.Weights));
        Assert.Equal("KerasH5", ModelFormat.ForWriting("x.h5", ModelParts.Weights).Name);
        Assert.Equal("KerasArchive", ModelFormat.ForWriting("x.keras", ModelParts.Structure | ModelParts.Weights).Name);
    }

    private static Model Chain(params int[] sizes) => Model.Sequential([new InputLayer([Shape.Unknown, sizes[0]]), .. sizes.Skip(1).Select(size => new Dense(size))]);

    // The kernel of the i-th layer is full of i.
    private static void Write(string path, string[] groups, params int[] sizes)
    {
        var root = new Hdf5GroupContent();
        for (var i = 0; i < groups.Length; i++)
        {
            root.Add($"{groups[i]}/vars/0", Tensor.FromArray([.. Enumerable.Repeat((float)i, sizes[i] * sizes[i + 1])], sizes[i], sizes[i + 1]));
            root.Add($"{groups[i]}/vars/1", Tensor.FromArray(new float[sizes[i + 1]], sizes[i + 1]));
        }

        using var stream = File.Create(path);
        Hdf5Writer.Write(root, stream);
    }
}
