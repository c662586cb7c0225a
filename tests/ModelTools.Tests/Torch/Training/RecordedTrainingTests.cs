using System.Text.Json.Nodes;
using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Tests.Training;
using ModelTools.Torch;
using ModelTools.Torch.Training;
using ModelTools.Training;

namespace ModelTools.Tests.Torch.Training;

/// <summary>Whole trainings of small models, recorded from both generations of Keras: the weights after the last step, and what fit and evaluate report.</summary>
public sealed class RecordedTrainingTests
{
    private const double Tolerance = 1e-4;

    private static readonly Dictionary<string, Recipe> Recipes = new()
    {
        ["sample_weight"] = new(new SGD { LearningRate = 0.2 }, FromLogits) { SampleWeights = "sample_weight" },
        ["class_weight"] = new(new SGD { LearningRate = 0.2 }, FromLogits) { ClassWeights = new() { [0] = 1, [1] = 3, [2] = 0.2 } },
        ["batchnorm"] = new(new SGD { LearningRate = 0.1 }, FromLogits),
        ["batchnorm_rank4"] = new(new SGD { LearningRate = 0.05 }, PerOutput<Loss>.Of(new NamedLoss("mse"))),
        ["regularised"] = new(new SGD { LearningRate = 0.1 }, PerOutput<Loss>.Of(new NamedLoss("mse"))),
        ["masked_loss"] = new(new Adam { LearningRate = 0.05 }, PerOutput<Loss>.Of(new SparseCategoricalCrossentropy { FromLogits = true })) { BatchSize = 4 },
        ["two_losses"] = new(new Adam { LearningRate = 0.02 }, PerOutput<Loss>.ByName([new("score", new NamedLoss("mse")), new("kind", new NamedLoss("categorical_crossentropy"))]))
        {
            Inputs = ["a", "b"],
            Targets = ["kind", "score"],
            LossWeights = PerOutput<double?>.ByName([new("score", 0.3), new("kind", 2.0)]),
        },
        ["cnn"] = new(new SGD { LearningRate = 0.1, Momentum = 0.5 }, FromLogits),
        ["rnn"] = new(new SGD { LearningRate = 0.2 }, FromLogits),
    };

    public static TheoryData<string> Cases => [.. Recipes.Keys];

    private static PerOutput<Loss> FromLogits => PerOutput<Loss>.Of(new CategoricalCrossentropy { FromLogits = true });

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void TheLastWeightsAreKerass(string name)
    {
        using var cases = RecordedCases.Open(true, "training", "trajectories");
        Engine.Require();
        var recipe = Recipes[name];
        var recorded = cases.In("special").Where(row => row.Name == $"special/{name}").ToArray();
        Assert.Equal(2, recorded.Length);
        foreach (var row in recorded)
        {
            var model = Load(row);
            model.Training = new TrainingConfiguration { Optimizer = Of(recipe.Optimizer, row.Dialect), Loss = recipe.Loss, LossWeights = recipe.LossWeights };
            string[] targets = recipe.Targets.Length == 1 ? recipe.Targets : [.. model.OutputSpecs.Select(spec => spec.Name!)];
            var data = new TrainingData(
                [.. recipe.Inputs.Select(key => row.Find(key)!)],
                [.. targets.Select(key => row.Find(key)!)],
                recipe.SampleWeights is { } weights ? [row.Find(weights)!] : null);
            var first = new FirstLoss();
            Trainer.Fit(model, data, new FitOptions { BatchSize = recipe.BatchSize, Shuffle = false, ClassWeights = recipe.ClassWeights, Observers = [first] });
            var column = row.Info["columns"]!.AsArray().Select(node => node!.GetValue<string>()).ToList().IndexOf("loss");
            Assert.Equal(row.Find("steps")!.AsSpan<float>()[column], first.Loss, Tolerance);
            if (name == "masked_loss" && row.Dialect is KerasDialect.Keras3)
            {
                // Keras 3 on TensorFlow updates an embedding's row once for each time that it occurs in a batch: its Adam is another one there.
                continue;
            }

            Assert.Empty(Names(row, "w").Select(pair => Closeness.Difference(row.Find(pair.Key)!, Find(model, pair.Name).Value, Tolerance) is { } difference ? $"{row.Dialect} {pair.Name} {difference}" : null).OfType<string>());
        }
    }

    [SkippableFact]
    public void FitReportsWhatKerasReports()
    {
        using var cases = RecordedCases.Open(true, "training", "trajectories");
        Engine.Require();
        foreach (var row in cases.In("special").Where(row => row.Name == "special/fit_history"))
        {
            var model = Load(row);
            model.Training = Tiny(new Adam { LearningRate = 0.02 }, row.Dialect);
            var (x, y) = (row.Find("x")!, row.Find("y")!);
            var options = new FitOptions { Epochs = 3, BatchSize = 7, Shuffle = false, Validation = new TrainingData(Rows(x, 11), Rows(y, 11)) };
            var history = Trainer.Fit(model, new TrainingData(x, y), options);
            foreach (var (figure, values) in row.Info["history"]!.AsObject())
            {
                Assert.All(values!.AsArray().Zip(history[figure == "accuracy" || figure == "val_accuracy" ? figure.Replace("accuracy", "categorical_accuracy", StringComparison.Ordinal) : figure]), pair => Assert.Equal((double)pair.First!, pair.Second, Tolerance));
            }
        }
    }

    [SkippableFact]
    public void EvaluateReportsWhatKerasReports()
    {
        using var cases = RecordedCases.Open(true, "training", "trajectories");
        Engine.Require();
        foreach (var dialect in new[] { KerasDialect.Keras2, KerasDialect.Keras3 })
        {
            var history = cases.In("special").Single(row => row.Name == "special/fit_history" && row.Dialect == dialect);
            var recorded = cases.In("special").Single(row => row.Name == "special/evaluate" && row.Dialect == dialect);
            var model = Load(history);
            model.Training = Tiny(new SGD { LearningRate = 0.1 }, dialect);
            var figures = Evaluator.Evaluate(model, new TrainingData(history.Find("x")!, history.Find("y")!), new PredictionOptions { BatchSize = 7 });
            Assert.Equal([(double)recorded.Info["values"]!["loss"]!, (double)recorded.Info["values"]!["accuracy"]!], figures.Select(figure => figure.Value), (a, b) => Math.Abs(a - b) < Tolerance);
        }
    }

    [SkippableFact]
    public void ACancelledTrainingKeepsTheWeightsOfItsLastStep()
    {
        Engine.Require();
        var model = Digits.Network();
        using var source = new CancellationTokenSource();
        var data = new TrainingData(Tensor.Zeros(DType.Float32, [64, 784]), Tensor.FromArray(Enumerable.Repeat(0.1f, 640).ToArray(), 64, 10));
        var observer = new CancelAt(3, source);
        Assert.Throws<OperationCanceledException>(() => Trainer.Fit(model, data, new FitOptions { Epochs = 5, BatchSize = 16, Seed = 1, Cancellation = source.Token, Observers = [observer] }));
        Assert.Equal(3, model.OptimizerState!.Iterations);
        Assert.NotEqual(0, model.FindLayer("dense_4")!.Variables.Last().Value.AsSpan<float>()[0]);
    }

    [SkippableFact]
    public void TheSameSeedGivesTheSameTraining()
    {
        Engine.Require();
        var data = new TrainingData(
            Tensor.FromArray(Enumerable.Range(0, 96 * 784).Select(i => MathF.Sin(i)).ToArray(), 96, 784),
            Tensor.FromArray(Enumerable.Range(0, 960).Select(i => i % 10 == i / 10 % 10 ? 1f : 0f).ToArray(), 96, 10));
        var runs = Enumerable.Range(0, 2).Select(_ =>
        {
            var model = Digits.Network();
            var history = Trainer.Fit(model, data, new FitOptions { Epochs = 2, Seed = 42 });
            return (history["loss"], model.Variables.First().Value.Digest());
        }).ToArray();
        Assert.Equal(runs[0].Item1, runs[1].Item1);
        Assert.Equal(runs[0].Item2, runs[1].Item2);
    }

    private static Optimizer Of(Optimizer optimizer, KerasDialect dialect) =>
        optimizer with { Generation = dialect is KerasDialect.Keras2 ? OptimizerGeneration.Keras2 : OptimizerGeneration.Keras3 };

    private static TrainingConfiguration Tiny(Optimizer optimizer, KerasDialect dialect) => new()
    {
        Optimizer = Of(optimizer, dialect),
        Loss = FromLogits,
        Metrics = PerOutput<IReadOnlyList<Metric>>.Of([new CategoricalAccuracy()]),
    };

    private static Model Load(RecordedCase row)
    {
        var model = KerasJson.ReadModel(ConfigDocument.Parse(row.Info["architecture"]!.ToJsonString()).Root, row.Dialect);
        foreach (var (key, name) in Names(row, "start"))
        {
            Find(model, name).Value = row.Find(key)!.Load();
        }

        return model;
    }

    private static IEnumerable<(string Key, string Name)> Names(RecordedCase row, string prefix) => row.Info["names"]!.AsObject()
        .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && char.IsAsciiDigit(pair.Key[prefix.Length])).Select(pair => (pair.Key, pair.Value!.GetValue<string>()));

    private static ModelTools.Layers.Variable Find(Model model, string name) =>
        model.Variables.SingleOrDefault(variable => $"/{name}".EndsWith($"/{variable.FullName}", StringComparison.Ordinal)) ?? throw new InvalidOperationException($"{name} is not among {string.Join(", ", model.Variables)}");

    private static Tensor Rows(Tensor tensor, int count) => Tensor.FromArray<float>(tensor.AsSpan<float>()[..(int)(tensor.ElementCount / tensor.Shape[0] * count)], tensor.Shape.With(0, count));

    private sealed record Recipe(Optimizer Optimizer, PerOutput<Loss> Loss)
    {
        public string[] Inputs { get; init; } = ["x"];

        public string[] Targets { get; init; } = ["y"];

        public string? SampleWeights { get; init; }

        public Dictionary<int, double>? ClassWeights { get; init; }

        public PerOutput<double?>? LossWeights { get; init; }

        public int BatchSize { get; init; } = 10;
    }

    private sealed class FirstLoss : ITrainingObserver
    {
        public double Loss { get; private set; } = double.NaN;

        public void BatchDone(TrainingProgress progress, ITrainingControl training) => Loss = progress.Batch == 1 ? progress.Read()[0].Value : Loss;
    }

    private sealed class CancelAt(int step, CancellationTokenSource source) : ITrainingObserver
    {
        public void BatchDone(TrainingProgress progress, ITrainingControl training)
        {
            if (progress.Batch == step)
            {
                source.Cancel();
            }
        }
    }
}
