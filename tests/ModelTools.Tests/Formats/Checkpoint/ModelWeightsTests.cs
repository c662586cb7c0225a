using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.Checkpoint;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Training;

namespace ModelTools.Tests.Formats.Checkpoint;

public class ModelWeightsTests
{
    private static readonly CheckpointFormat Format = new();

    [Fact]
    public void Weights_of_Keras_go_to_their_layers()
    {
        var model = DenseBasic();
        using var assignment = Format.MatchWeights(CheckpointFixtures.Local("dense_basic"), model, ModelReadOptions.Default);
        assignment.Apply();
        Assert.Equal(["3771aeef", "f6ea5035", "c782dc93", "1cb87fcc", "07326fff"], model.Variables.Select(variable => Crc32.Of(variable.Value)));
        Assert.Empty(assignment.Missing);
        Assert.Empty(assignment.Unused);
    }

    [Fact]
    public void A_model_without_input_shape_is_built_by_the_file()
    {
        var model = Model.Sequential([new Dense(8), new Dense(5) { UseBias = false }, new Dense(3)]);
        using var assignment = Format.MatchWeights(CheckpointFixtures.Local("dense_basic"), model, ModelReadOptions.Default);
        assignment.Apply();
        Assert.Equal([Shape.Unknown, 6], model.InputSpecs[0].Shape);
        Assert.Equal("07326fff", Crc32.Of(model.Variables.Last().Value));
    }

    public static TheoryData<string, Layer[], string> OtherStructures() => new()
    {
        { "MT3001", [new Dense(8), new Dense(5) { UseBias = false }], "has 2 layers with weights, the checkpoint has 3" },
        { "MT3001", [new Dense(8), new Dense(5) { UseBias = false }, new Dense(3), new Dense(3)], "has 4 layers with weights" },
        { "MT3002", [new Dense(9), new Dense(5) { UseBias = false }, new Dense(3)], "weight 'kernel' of the layer 'dense' (Dense) has shape (6, 9), but (6, 8)" },
        { "MT3003", [new Dense(8), new Dense(5), new Dense(3)], "The layer 'dense_1' (Dense) has the weights kernel, bias; the checkpoint has kernel for it" },
        { "MT3003", [new Dense(8) { UseBias = false }, new Dense(5) { UseBias = false }, new Dense(3)], "the checkpoint has kernel, bias for it" },
        { "MT3005", [new Dense(8), new BatchNormalization(), new Dense(3)], "checkpoint's layer at its place has kernel" },
    };

    [Theory]
    [MemberData(nameof(OtherStructures))]
    public void Another_structure_is_one_clear_error_and_changes_nothing(string code, Layer[] layers, string text)
    {
        var model = Model.Sequential([new InputLayer([Shape.Unknown, 6]), .. layers]);
        model.Initialize(1);
        var before = model.Variables.Select(variable => variable.Value.Digest()).ToArray();
        var error = Assert.Throws<ModelToolsException>(() => Format.MatchWeights(CheckpointFixtures.Local("dense_basic"), model, ModelReadOptions.Default));
        Assert.Equal(code, error.Code.Id);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Path);
        Assert.Equal(before, model.Variables.Select(variable => variable.Value.Digest()));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_skipped_when_that_is_wanted()
    {
        var model = Model.Sequential([new InputLayer([Shape.Unknown, 6]), new Dense(8), new Dense(5) { UseBias = false }, new Dense(4)]);
        using var assignment = Format.MatchWeights(CheckpointFixtures.Local("dense_basic"), model, new ModelReadOptions { SkipMismatch = true });
        Assert.Equal(3, assignment.Matches.Count);
        Assert.Equal(["dense_2/kernel: (5, 4) in the model, (5, 3) in the checkpoint", "dense_2/bias: (4,) in the model, (3,) in the checkpoint"], assignment.Mismatched);
    }

    [Fact]
    public void Names_find_weights_without_an_object_graph_and_by_wish()
    {
        using var folder = new TemporaryFolder();
        var saved = DenseBasic();
        saved.Initialize(4);
        CheckpointWriter.Write(folder["tf1"], saved.Variables.Select(variable => KeyValuePair.Create("scope/" + variable.FullName, variable.Value)));
        var model = DenseBasic();
        using (var assignment = Format.MatchWeights(folder["tf1"], model, ModelReadOptions.Default))
        {
            assignment.Apply();
        }

        Assert.Equal(Digests(saved), Digests(model));

        var other = Model.Sequential([new InputLayer([Shape.Unknown, 6]), new Dense(8) { Name = "dense" }, new Dense(2) { Name = "head" }]);
        using var byName = Format.MatchWeights(CheckpointFixtures.Local("dense_basic"), other, new ModelReadOptions { ByName = true });
        Assert.Equal(["dense/kernel", "dense/bias"], byName.Matches.Select(match => match.Variable.FullName));
        Assert.Equal(["head/kernel", "head/bias"], byName.Missing);
        Assert.Throws<ModelToolsException>(() => Format.MatchWeights(folder["tf1"], other, ModelReadOptions.Default));
    }

    [Theory]
    [InlineData("k2_wrapped")]
    [InlineData("k3_wrapped")]
    public void A_root_that_wraps_the_model_is_seen_through(string name)
    {
        var model = Compiled(new Adam(), 3, 1);
        using var assignment = Format.MatchWeights(CheckpointFixtures.Local(name), model, ModelReadOptions.Default);
        assignment.Apply();
        Assert.Equal(4, assignment.Matches.Count);
        Assert.Equal(["save_counter/.ATTRIBUTES/VARIABLE_VALUE"], assignment.Unused.Except(["optimizer/_learning_rate/.ATTRIBUTES/VARIABLE_VALUE"]));
        Assert.True(assignment.OptimizerState!.Iterations > 0);
        Assert.All(assignment.OptimizerState.Slots.SelectMany(slots => slots), slot => Assert.NotEqual(Tensor.Zeros(slot.DType, slot.Shape).Digest(), slot.Digest()));
    }

    [Theory]
    [InlineData("compiled_adam", "optimizer/_variables/{0}", 1, 2)]
    [InlineData("compiled_legacy_adam", "layer_with_weights-0/kernel/.OPTIMIZER_SLOT/optimizer/{1}", 0, 0)]
    public void The_optimizer_goes_on_where_it_stood(string name, string key, int first, int second)
    {
        var model = Compiled(new Adam { Amsgrad = name.Contains("legacy", StringComparison.Ordinal) }, 6, 3);
        using var assignment = Format.MatchWeights(CheckpointFixtures.Local(name), model, ModelReadOptions.Default);
        var state = assignment.OptimizerState!;
        Assert.Equal(3, state.Iterations);
        Assert.Equal(0.02, state.LearningRate!.Value, 6);
        using var reader = CheckpointReader.Open(CheckpointFixtures.Local(name));
        Assert.Equal(reader.Read(Key(first, "m")).Digest(), state.Slots[0][0].Digest());
        Assert.Equal(reader.Read(Key(second, "v")).Digest(), state.Slots[0][1].Digest());

        string Key(int index, string slot) => string.Format(null, key, index, slot) + "/.ATTRIBUTES/VARIABLE_VALUE";
    }

    [Fact]
    public void An_optimizer_of_another_kind_is_left_alone()
    {
        var model = Compiled(new Adam { Amsgrad = true }, 6, 3);
        using var assignment = Format.MatchWeights(CheckpointFixtures.Local("compiled_adam"), model, ModelReadOptions.Default);
        Assert.Equal(4, assignment.Matches.Count);
        Assert.Null(assignment.OptimizerState);
    }

    [Fact]
    public void What_Keras_wrote_is_written_again_byte_for_byte()
    {
        using var folder = new TemporaryFolder();
        var model = DenseBasic();
        using (var assignment = Format.MatchWeights(CheckpointFixtures.Local("dense_basic"), model, ModelReadOptions.Default))
        {
            assignment.Apply();
        }

        Format.WriteWeights(model, folder["weights.ckpt"], ModelWriteOptions.Default);
        foreach (var file in Directory.GetFiles(CheckpointFixtures.Local("dense_basic")))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(folder[Path.GetFileName(file)]));
        }
    }

    [Fact]
    public void Nested_and_shared_layers_come_back()
    {
        using var folder = new TemporaryFolder();
        var saved = Nested();
        saved.Initialize(5);
        Format.WriteWeights(saved, folder["w"], ModelWriteOptions.Default);
        var model = Nested();
        using (var assignment = Format.MatchWeights(folder["w"], model, ModelReadOptions.Default))
        {
            assignment.Apply();
            Assert.Empty(assignment.Unused);
        }

        Assert.Equal(Digests(saved), Digests(model));
    }

    [SkippableFact]
    public void Keras_loads_weights_and_optimizer_and_trains_on()
    {
        using var folder = new TemporaryFolder("modeltools");
        var model = Compiled(new Adam(), 6, 3);
        using (var assignment = Format.MatchWeights(CheckpointFixtures.Local("compiled_adam"), model, ModelReadOptions.Default))
        {
            assignment.Apply();
            model.OptimizerState = assignment.OptimizerState;
        }

        Format.WriteWeights(model, folder["ours"], ModelWriteOptions.Default);
        var nested = Nested();
        nested.Initialize(6);
        Format.WriteWeights(nested, folder["nested"], ModelWriteOptions.Default);
        var text = Oracle.Execute(
            """
            import sys, numpy as np, tensorflow as tf, tf_keras as k
            def train(path):
                m = k.Sequential([k.layers.Dense(6), k.layers.Dense(3)]); m.build((None, 4)); m.compile(k.optimizers.Adam(0.5), 'mse')
                m.optimizer.build(m.trainable_variables)
                m.load_weights(path).assert_existing_objects_matched().assert_consumed()
                r = np.random.RandomState(1); x, y = r.rand(8, 4).astype('f'), r.rand(8, 3).astype('f')
                m.fit(x, y, epochs=3, shuffle=False, verbose=0)
                return m.get_weights() + [int(m.optimizer.iterations)]
            ours, theirs = train(sys.argv[1]), train(sys.argv[2])
            print(all(np.array_equal(a, b) for a, b in zip(ours, theirs)), ours[-1])
            i = k.Input((4,)); d = k.layers.Dense(4); n = k.Sequential([k.layers.Dense(4), k.layers.BatchNormalization()]); m = k.Model(i, n(d(d(i))))
            m.load_weights(sys.argv[3]).assert_existing_objects_matched().assert_consumed()
            print(' '.join(f'{w.numpy().sum():.5f}' for w in m.weights))
            """,
            folder["ours"],
            CheckpointFixtures.Local("compiled_adam", "weights.ckpt"),
            folder["nested"]);
        var lines = text.Trim().Split('\n');
        Assert.Equal("True 6", lines[0]);
        Assert.Equal(
            [.. nested.Layers.SelectMany(layer => layer.Weights!.TrainableVariables).Concat(nested.Layers.SelectMany(layer => layer.Weights!.NonTrainableVariables)).Select(Sum)],
            lines[1].Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray());

        static double Sum(Variable variable)
        {
            var sum = 0f;
            foreach (var value in variable.Value.AsSpan<float>())
            {
                sum += value;
            }

            return Math.Round(sum, 5);
        }
    }

    [Fact]
    public void Inspection_lists_tensors_and_finds_damage()
    {
        var info = Format.Inspect(CheckpointFixtures.Local("compiled_adam"), ModelReadLimits.Default);
        Assert.Equal(14, info.Tensors.Count);
        Assert.Equal("hidden", info.Tensors.Single(tensor => tensor.Name.StartsWith("layer_with_weights-0/kernel", StringComparison.Ordinal)).Layer);
        Assert.Empty(info.Findings);
        Assert.True(info.Parts.HasFlag(ModelParts.OptimizerState));
        Assert.Equal(Directory.GetFiles(CheckpointFixtures.Local("compiled_adam"), "weights*").Sum(file => new FileInfo(file).Length), info.FileBytes);
    }

    [SkippableFact]
    public void Damaged_graphs_are_findings()
    {
        Assert.Equal(ErrorCode.CorruptCheckpoint, Assert.Single(Finding("graph_garbage")).Code);
        Assert.Equal(ErrorCode.CorruptCheckpoint, Assert.Single(Finding("graph_missing_node")).Code);
        Assert.Equal(ErrorCode.CorruptCheckpoint, Assert.Single(Finding("graph_key_missing")).Code);
        Assert.Empty(Finding("graph_cycle"));

        static IReadOnlyList<ModelFinding> Finding(string name) =>
            Format.Inspect(TestFolders.RequireShared("fixtures", "broken", "ckpt", name, "weights"), ModelReadLimits.Default).Findings;
    }

    private static Model DenseBasic() =>
        Model.Sequential([new InputLayer([Shape.Unknown, 6]), new Dense(8), new Dense(5) { UseBias = false }, new Dense(3)]);

    private static Model Compiled(Optimizer optimizer, int hidden, int output)
    {
        var model = Model.Sequential([new InputLayer([Shape.Unknown, 4]), new Dense(hidden) { Name = "hidden" }, new Dense(output) { Name = "logits" }]);
        model.Training = new TrainingConfiguration { Optimizer = optimizer };
        return model;
    }

    private static Model Nested()
    {
        var input = Model.Input([Shape.Unknown, 4]);
        var shared = new ModelLayer(new Dense(4));
        var inner = Model.Sequential([new InputLayer([Shape.Unknown, 4]), new Dense(4), new BatchNormalization()], "inner");
        var twice = shared.Apply(shared.Apply([input]));
        return Model.Functional([input], new ModelLayer(new NestedModel(inner)).Apply(twice));
    }

    private static string[] Digests(Model model) => [.. model.Variables.Select(variable => variable.Value.Digest())];
}
