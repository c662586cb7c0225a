using ModelTools.Tests.Torch;
using ModelTools.Torch.Operators;
using ModelTools.Training;
using TorchSharp;

namespace ModelTools.Tests.Training;

/// <summary>Sample weights and masks of sequences, on numbers small enough to do by hand.</summary>
public sealed class WeightsAndMasksTests
{
    // Squared errors 1, 4 | 9, 16.
    private static readonly float[,,] Prediction = { { { 1 }, { 2 } }, { { 3 }, { 4 } } };

    [SkippableTheory]
    [InlineData(LossReduction.SumOverBatchSize, (1 + 4 + 9) / 3f)]
    [InlineData(LossReduction.Mean, (1 + 4 + 9) / 3f)]
    [InlineData(LossReduction.Sum, 1 + 4 + 9f)]
    [InlineData(LossReduction.MeanWithSampleWeight, (1 + 4 + 9) / 3f)]
    public void A_masked_step_does_not_count(LossReduction reduction, float expected) =>
        Assert.Equal(expected, Loss(reduction, null, new[,] { { true, true }, { true, false } }), 1e-6f);

    [SkippableTheory]
    [InlineData(LossReduction.SumOverBatchSize, (2 + 8 + 4.5f) / 3)]
    [InlineData(LossReduction.Sum, 2 + 8 + 4.5f)]
    [InlineData(LossReduction.MeanWithSampleWeight, (2 + 8 + 4.5f) / (2 + 2 + 0.5f))]
    public void Weights_per_sample_reach_its_steps(LossReduction reduction, float expected) =>
        Assert.Equal(expected, Loss(reduction, [2, 0.5f], new[,] { { true, true }, { true, false } }), 1e-6f);

    [SkippableFact]
    public void Nothing_valid_gives_zero() => Assert.Equal(0, Loss(LossReduction.SumOverBatchSize, null, new[,] { { false, false }, { false, false } }));

    [SkippableFact]
    public void A_metric_leaves_masked_steps_out()
    {
        Engine.Require();
        using var scope = torch.NewDisposeScope();
        using var op = new TorchOperators();
        var prediction = torch.tensor(Prediction);
        var metric = new MeanSquaredErrorMetric();
        var state = metric.Update(op, null, prediction.zeros_like(), prediction, torch.tensor(new[] { 2, 0.5f }), torch.tensor(new[,] { { true, true }, { true, false } }));
        Assert.Equal((2 + 8 + 4.5f) / (2 + 2 + 0.5f), metric.Result(op, state).item<float>(), 1e-6f);
    }

    private static float Loss(LossReduction reduction, float[]? weights, bool[,] mask)
    {
        Engine.Require();
        using var scope = torch.NewDisposeScope();
        using var op = new TorchOperators();
        var prediction = torch.tensor(Prediction);
        var loss = new MeanSquaredError { Reduction = reduction };
        return loss.Compute(op, prediction.zeros_like(), prediction, weights is null ? null : torch.tensor(weights), torch.tensor(mask)).item<float>();
    }
}
