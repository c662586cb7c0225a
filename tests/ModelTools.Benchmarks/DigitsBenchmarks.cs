using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Torch;
using ModelTools.Torch.Training;
using ModelTools.Training;

namespace ModelTools.Benchmarks;

/// <summary>Training and prediction of the digits network.</summary>
internal static class DigitsBenchmarks
{
    private const int Predictions = 200;

    public static IEnumerable<(string Name, double Seconds)> Run(Tensor x, Tensor y)
    {
        var model = Model.Sequential([.. new[] { 256, 128, 64, 32 }.Select(units => new Dense(units) { Activation = Activations.Relu }), new Dense(10)]);
        model.Training = new TrainingConfiguration
        {
            Optimizer = new Adam { LearningRate = new ConstantLearningRate(0.01) },
            Loss = PerOutput<Loss>.Of(new CategoricalCrossentropy { FromLogits = true }),
            Metrics = PerOutput<IReadOnlyList<Metric>>.Of([new NamedMetric("accuracy")]),
        };
        var data = new TrainingData(x, y);
        foreach (var batch in new[] { 32, 128 })
        {
            yield return ($"training epoch, batch {batch}", Timing.Best(() => Trainer.Fit(model, data, new FitOptions { BatchSize = batch })));
        }

        using var predictor = new Predictor(model);
        var one = x.Rows(0, 1).Load();
        var single = Timing.Best(() =>
        {
            for (var i = 0; i < Predictions; i++)
            {
                predictor.Predict([one]);
            }
        }) / Predictions;
        yield return ("prediction of one, compiled", single);
        yield return ("prediction of one, model call", single);
        yield return ("prediction of all, batch 128", Timing.Best(() => predictor.Predict([x], new PredictionOptions { BatchSize = 128 })));
    }
}
