using System.Text.Json;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Torch;
using ModelTools.Torch.Training;

namespace ModelTools.Tests.Torch.Training;

/// <summary>The recorded run of real Keras on the digits, repeated step by step from the same first weights.</summary>
public sealed class DigitsTests
{
    [SkippableFact]
    public void ATrainingFollowsKerasStepByStep()
    {
        Engine.Require();
        var recorded = JsonDocument.Parse(File.ReadAllText(TestFolders.RequireShared("data", "mnist", "keras-run", "history.json"))).RootElement;
        var model = Digits.NetworkOf("initial.h5");
        var steps = new RunningLoss();
        var history = Trainer.Fit(model, Digits.Load("train"), new FitOptions
        {
            Epochs = 5,
            BatchSize = 128,
            Shuffle = false,
            Validation = Digits.Load("t10k"),
            Observers = [steps],
        });

        var expected = Numbers(recorded.GetProperty("running_mean_loss_by_step"));
        Assert.Equal(expected.Length, steps.Losses.Count);
        Assert.InRange(expected.Zip(steps.Losses, (a, b) => Math.Abs(a - b)).Take(32).Max(), 0, 1e-4);
        foreach (var figure in recorded.GetProperty("history").EnumerateObject())
        {
            // Rounding grows from step to step: the figures agree in the first epochs and stay alike later.
            var keras = Numbers(figure.Value);
            var ours = history[figure.Name];
            Assert.Equal(keras.Length, ours.Count);
            Assert.Equal(keras[0], ours[0], 5e-4);
            Assert.Equal(keras[1], ours[1], 5e-3);
            Assert.Equal(keras[^1], ours[^1], 0.2);
        }
    }

    [SkippableFact]
    public void AnEvaluationOfKerassWeightsGivesKerassFigures()
    {
        Engine.Require();
        var recorded = Numbers(JsonDocument.Parse(File.ReadAllText(TestFolders.RequireShared("data", "mnist", "keras-run", "history.json"))).RootElement.GetProperty("evaluate_test"));
        var figures = Evaluator.Evaluate(Digits.NetworkOf("final.h5"), Digits.Load("t10k"));
        Assert.Equal(["loss", "accuracy"], figures.Select(figure => figure.Name));
        Assert.Equal(recorded[0], figures[0].Value, 1e-5);
        Assert.Equal(recorded[1], figures[1].Value, 1e-6);
    }

    [SkippableFact]
    public void PredictionsDoNotDependOnTheBatchSizeAndFollowNewWeights()
    {
        Engine.Require();
        var images = Digits.Load("t10k").Inputs[0];
        using var predictor = new Predictor(Digits.NetworkOf("final.h5"));
        var at32 = predictor.Predict([images])[0];
        var at1000 = predictor.Predict([images], new PredictionOptions { BatchSize = 1000 })[0];
        Assert.Equal([1000, 10], at32.Shape);
        Assert.Null(Compare.Difference(at1000, at32, 1e-5));

        var model = Digits.NetworkOf("final.h5");
        using var changing = new Predictor(model);
        var before = changing.Predict([images])[0];
        Assert.Null(Compare.Difference(before, at32, 1e-6));
        model.Variables.First(variable => variable.Name == "bias").Value = Tensor.Zeros(DType.Float32, [256]);
        Assert.NotNull(Compare.Difference(changing.Predict([images])[0], at32, 1e-3));
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private sealed class RunningLoss : ITrainingObserver
    {
        public List<double> Losses { get; } = [];

        public void BatchDone(TrainingProgress progress, ITrainingControl training) => Losses.Add(progress.Read()[0].Value);
    }
}
