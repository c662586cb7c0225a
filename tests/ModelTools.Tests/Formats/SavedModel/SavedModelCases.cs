using System.Text.Json.Nodes;
using ModelTools.Formats;
using ModelTools.Formats.Hdf5;
using ModelTools.Formats.KerasH5;
using ModelTools.Formats.SavedModel;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Operators;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Tests.Torch;
using ModelTools.Torch;
using ModelTools.Torch.Training;
using ModelTools.Training;

namespace ModelTools.Tests.Formats.SavedModel;

/// <summary>Models that together use every part of a SavedModel, and what is written about each for the real loaders.</summary>
internal static class SavedModelCases
{
    private const int Rows = 33;
    private const int TimeSteps = 11;

    private static readonly Dictionary<string, Func<Model>> Makers = new()
    {
        ["mlp"] = Mlp,
        ["cnn"] = Cnn,
        ["multi"] = Multi,
        ["nested"] = Nested,
        ["uint8"] = Pixels,
        ["mixed_float16"] = Mixed,
        ["images"] = Images,
        ["keras3"] = OnlyInKeras3,
        ["no_weights"] = () => Model.Sequential([new InputLayer([Shape.Unknown, 2, 3]), new Flatten(), new ReLU()]),
        ["lstm_any"] = () => Recurrent(Shape.Unknown, new LSTM(7) { ReturnSequences = true }, new LSTM(6)),
        ["lstm_static"] = () => Recurrent(TimeSteps, new LSTM(7) { ReturnSequences = true }, new LSTM(6)),
        ["lstm_unrolled"] = () => Recurrent(TimeSteps, new LSTM(7) { ReturnSequences = true }, new LSTM(6)),
        ["gru_any"] = () => Recurrent(Shape.Unknown, new GRU(7) { ReturnSequences = true }, new GRU(6), mask: false),
        ["bidirectional_any"] = () => Recurrent(Shape.Unknown, new Bidirectional(new LSTM(7) { ReturnSequences = true }), new Bidirectional(new GRU(6))),
        ["bidirectional_unrolled"] = () => Recurrent(TimeSteps, new Bidirectional(new GRU(7) { ReturnSequences = true }), new Bidirectional(new LSTM(6))),
    };

    public static IEnumerable<string> Names => Makers.Keys;

    /// <summary>A model with weights of which none is trivial; compiled ones have been trained for some steps.</summary>
    public static Model Create(string name)
    {
        var model = Makers[name]();
        model.Initialize(7);
        var random = new Random(8);
        foreach (var variable in model.Variables)
        {
            variable.Value = Tensor.FromArray<float>([.. variable.Value.AsSpan<float>().ToArray().Select(value => value + (0.1f * random.NextSingle()))], variable.Shape);
        }

        if (model.Training is not null)
        {
            var targets = Tensor.FromArray([.. Enumerable.Range(0, Rows).Select(row => row % (int)model.OutputSpecs[0].Shape[^1])], Rows);
            Trainer.Fit(model, new TrainingData(Inputs(model)[0], targets), new FitOptions { Epochs = 2, Seed = 3 });
        }

        return model;
    }

    /// <summary>The options that a case is written with.</summary>
    public static ModelWriteOptions Options(string name) =>
        new() { RecurrentLowering = name.EndsWith("unrolled", StringComparison.Ordinal) ? RecurrentLowering.Unroll : RecurrentLowering.Loop };

    /// <summary>Writes all cases into a folder, with everything that <c>accept.py</c> needs.</summary>
    public static void Write(string folder)
    {
        var facts = new JsonObject();
        foreach (var name in Names)
        {
            var model = Create(name);
            var path = Path.Combine(folder, name);
            new SavedModelFormat().Write(model, path, Options(name));
            new KerasH5Format().Write(model, path + ".h5", ModelWriteOptions.Default);
            var inputs = Inputs(model);
            using var predictor = new Predictor(model);
            Record(path + ".io.h5", model, inputs, predictor.Predict(inputs));
            facts[name] = Facts(name, model);
        }

        File.WriteAllText(Path.Combine(folder, "cases.json"), facts.ToJsonString());
    }

    /// <summary>What <c>accept.py</c> finds out about the cases of a folder; skips the test where the oracle is not set up.</summary>
    public static JsonObject Accept(string folder)
    {
        var script = Path.Combine(TestFolders.Repository, "tests", "ModelTools.Tests", "Formats", "SavedModel", "accept.py");
        return (JsonObject)JsonNode.Parse(Oracle.Execute(File.ReadAllText(script), folder))!;
    }

    /// <summary>Inputs for a model: the same each time, sequences with a masked end.</summary>
    public static IReadOnlyList<Tensor> Inputs(Model model)
    {
        var random = new Random(5);
        return [.. model.InputSpecs.Select(spec => Input(spec with { Shape = Shape.Create([Rows, .. spec.Shape.Skip(1).Select(extent => extent < 0 ? TimeSteps : extent)]) }, random))];
    }

    private static Tensor Input(TensorSpec spec, Random random)
    {
        var count = (int)spec.Shape.ElementCount;
        return spec.DType switch
        {
            DType.UInt8 => Tensor.FromArray<byte>([.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(256))], spec.Shape),
            DType.Int32 => Tensor.FromArray<int>([.. Enumerable.Range(0, count).Select(i => i >= TimeSteps && i % TimeSteps >= 5 ? 0 : random.Next(1, 30))], spec.Shape),
            _ => Tensor.FromArray<float>([.. Enumerable.Range(0, count).Select(_ => random.NextSingle())], spec.Shape),
        };
    }

    /// <summary>Writes inputs and outputs by name, and where the optimizer stands.</summary>
    public static void Record(string path, Model model, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs)
    {
        var root = new Hdf5GroupContent();
        foreach (var (spec, tensor) in model.InputSpecs.Zip(inputs))
        {
            root.Add($"inputs/{spec.Name}", tensor);
        }

        foreach (var (spec, tensor) in model.OutputSpecs.Zip(outputs))
        {
            root.Add($"outputs/{spec.Name}", tensor);
        }

        if (model.Training?.Optimizer is { } optimizer && model.OptimizerState is { } stands)
        {
            var layout = OptimizerLayout.For(optimizer, OptimizerGeneration.Keras2, [.. model.TrainableVariables.Select(variable => new OptimizerVariable(variable.FullName, variable.Shape, variable.DType))]);
            var state = layout.Flatten(stands);
            for (var i = 0; i < state.Count; i++)
            {
                root.Add($"optimizer/{i}", state[i]);
            }
        }

        using var file = File.Create(path);
        Hdf5Writer.Write(root, file);
    }

    private static JsonObject Facts(string name, Model model) => new()
    {
        ["inputs"] = new JsonArray([.. model.InputSpecs.Select(spec => (JsonNode)spec.Name!)]),
        ["outputs"] = new JsonArray([.. model.OutputSpecs.Select(spec => (JsonNode)spec.Name!)]),
        ["tolerance"] = name == "mixed_float16" ? 5e-3 : 1e-5,
        ["optimizer"] = model.Training?.Optimizer switch
        {
            null => null,
            SGD sgd => new JsonObject { ["class_name"] = "SGD", ["config"] = new JsonObject { ["learning_rate"] = 0.05, ["momentum"] = sgd.Momentum, ["is_legacy_optimizer"] = false } },
            var other => new JsonObject { ["class_name"] = other.ClassName, ["config"] = new JsonObject { ["is_legacy_optimizer"] = false } },
        },
        ["batches"] = new JsonArray(1, 4, Rows),
        ["moving"] = 2 * model.AllLayers.Count(layer => layer.Layer is BatchNormalization),
        ["trainable"] = model.TrainableVariables.Count(),
        ["dropout"] = model.AllLayers.Any(layer => layer.Layer is Dropout),
    };

    private static TrainingConfiguration Classification(Optimizer optimizer) =>
        new() { Optimizer = optimizer, Loss = PerOutput<Loss>.Of(new NamedLoss("sparse_categorical_crossentropy")) };

    private static Model Mlp()
    {
        var model = Model.Sequential(
        [
            new InputLayer([Shape.Unknown, 784]),
            .. new[] { 256, 128, 64, 32 }.Select(units => new Dense(units) { Activation = Activations.Relu }),
            new Dense(10) { Activation = Activations.Softmax },
        ]);
        model.Training = Classification(new Adam());
        return model;
    }

    private static Model Cnn()
    {
        var model = Model.Sequential(
        [
            new InputLayer([Shape.Unknown, 16, 16, 3]),
            new Conv2D(8, 3) { Padding = Padding.Same, UseBias = false },
            new BatchNormalization(),
            new ReLU(),
            new MaxPooling2D(),
            new DepthwiseConv2D(3) { Strides = 2, Padding = Padding.Same },
            new BatchNormalization(),
            new ReLU(),
            new GlobalAveragePooling2D(),
            new Dense(6),
            new BatchNormalization(),
            new Dropout(0.3),
            new Dense(5) { Activation = Activations.Softmax },
        ]);
        model.Training = Classification(new SGD { LearningRate = 0.05, Momentum = 0.9 });
        return model;
    }

    private static Model Multi()
    {
        var left = Model.Input([Shape.Unknown, 6], name: "left");
        var right = Model.Input([Shape.Unknown, 6], name: "Right");
        var shared = new ModelLayer(new Dense(8) { Activation = Activations.Relu, Name = "shared" });
        SymbolicTensor[] both = [shared.Apply([left])[0], shared.Apply([right])[0]];
        return Model.Functional(
            [left, right],
            [
                Call(new Dense(3) { Activation = Activations.Softmax, Name = "z_out" }, Call(new Concatenate(), both)),
                Call(new Dense(1) { Name = "a_out" }, Call(new Add(), both)),
            ]);
    }

    private static Model Nested()
    {
        var inner = new ModelLayer(new NestedModel(Model.Sequential(
            [new InputLayer([Shape.Unknown, 6]), new Dense(8) { Activation = Activations.Tanh }, new Dropout(0.2), new Dense(4)], "inner")));
        var input = Model.Input([Shape.Unknown, 4]);
        var deep = Model.Functional([input], [Call(new Dense(4) { Activation = Activations.Relu, Name = "dense" }, input)], "deep");
        var a = Model.Input([Shape.Unknown, 6], name: "in_a");
        var b = Model.Input([Shape.Unknown, 6], name: "in_b");
        var sum = Call(new Add(), Call(new NestedModel(deep), inner.Apply([a])[0]), inner.Apply([b])[0]);
        return Model.Functional([a, b], [Call(new Dense(2) { Name = "dense" }, sum)], "outer");
    }

    private static Model Pixels() => Model.Sequential(
        [new InputLayer([Shape.Unknown, 8, 8, 3]) { Name = "image", DType = new DTypePolicy("uint8") }, new Rescaling(1 / 255.0), new Conv2D(4, 3), new Flatten(), new Dense(3)]);

    // The size of the images is open: a Keras model that takes any.
    private static Model Images()
    {
        var images = Model.Input([Shape.Unknown, Shape.Unknown, Shape.Unknown, 3]);
        SymbolicTensor[] sizes =
        [
            Call(new Resizing(5, 9), images),
            Call(new Resizing(5, 9) { Interpolation = Interpolation.Nearest }, images),
            Call(new Resizing(5, 9) { Interpolation = Interpolation.Bicubic }, images),
            Call(new Resizing(5, 9) { Interpolation = Interpolation.Area }, images),
        ];
        var enlarged = Call(new UpSampling2D(2) { Interpolation = Interpolation.Bicubic }, images);
        var again = Call(new Resizing(4, 6) { Interpolation = Interpolation.Lanczos3 }, Call(new Concatenate(), sizes));
        return Model.Functional([images], [Call(new Conv2D(2, 3), again), Call(new GlobalAveragePooling2D(), enlarged)]);
    }

    private static Model OnlyInKeras3()
    {
        var sequence = Model.Input([Shape.Unknown, TimeSteps, 8]);
        var attention = new ModelLayer(new GroupQueryAttention(4, 4, 2)).Apply([sequence, sequence])[0];
        var model = Model.Functional([sequence], [Call(new Dense(3) { Activation = Activations.Softmax }, Call(new GlobalAveragePooling1D(), Call(new RMSNormalization(), attention)))]);
        model.Training = Classification(new Adam());
        return model;
    }

    private static Model Mixed()
    {
        var policy = new DTypePolicy("mixed_float16");
        return Model.Sequential(
        [
            new InputLayer([Shape.Unknown, 8, 8, 3]),
            new Conv2D(8, 3) { Activation = Activations.Relu, DType = policy },
            new BatchNormalization { DType = policy },
            new Flatten { DType = policy },
            new Dense(4) { Activation = Activations.Softmax },
        ]);
    }

    private static Model Recurrent(long steps, Layer first, Layer second, bool mask = true)
    {
        var tokens = Model.Input([Shape.Unknown, steps], DType.Int32, "tokens");
        var states = Call(second, Call(first, Call(new Embedding(30, 8) { MaskZero = mask }, tokens)));
        return Model.Functional([tokens], [Call(new Dense(3) { Activation = Activations.Softmax }, states)]);
    }

    private static SymbolicTensor Call(Layer layer, params SymbolicTensor[] inputs) => new ModelLayer(layer).Apply(inputs)[0];
}
