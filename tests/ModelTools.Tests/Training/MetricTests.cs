using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Tests.Torch;
using ModelTools.Torch.Operators;
using ModelTools.Training;
using TorchSharp;

namespace ModelTools.Tests.Training;

/// <summary>Metrics against what Keras 2 and Keras 3 reported after each of three batches.</summary>
public sealed class MetricTests
{
    private const double Tolerance = 1e-5;
    private static readonly (int Low, int High)[] Batches = [(0, 2), (2, 5), (5, 6)];

    [SkippableTheory]
    [InlineData(false, 18)]
    [InlineData(true, 152)]
    public void Recorded_metrics_have_their_results_and_states(bool all, int count)
    {
        Engine.Require();
        using var cases = RecordedCases.Open(all, "training", "tables");
        var (done, failures) = (0, new List<string>());
        foreach (var recorded in cases.In("metrics"))
        {
            using var scope = torch.NewDisposeScope();
            failures.AddRange(Check(recorded).OfType<string>().Select(text => $"{recorded}: {text}"));
            done++;
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(count, done);
    }

    private static List<string?> Check(RecordedCase recorded)
    {
        using var op = new TorchOperators();
        var metric = FixtureObjects.Create<Metric>(recorded.Class, recorded.Config, recorded.Dialect, "fn", "from_sorted_ids") with { Dialect = recorded.Dialect };
        var (target, prediction) = (op.Constant(recorded.Input("y_true")), op.Constant(recorded.Input("y_pred")));
        MetricState<torch.Tensor>? state = null;
        List<torch.Tensor> results = [];
        foreach (var (low, high) in Batches)
        {
            state = metric.Update(op, state, target[low..high], prediction[low..high]);
            results.Add(metric.Result(op, state));
        }

        List<string?> found = [Against(recorded, "after_batches", torch.stack(results))];
        for (var i = 0; i < state!.Values.Count; i++)
        {
            if (recorded.Find($"state{i}") is not null)
            {
                found.Add(Against(recorded, $"state{i}", state.Values[i]));
            }
        }

        if (recorded.Find("weighted") is not null)
        {
            var weights = op.Constant(recorded.File.Find("data/weights", "value")!);
            found.Add(Against(recorded, "weighted", metric.Result(op, metric.Update(op, null, target, prediction, weights))));
        }

        return found;
    }

    private static string? Against(RecordedCase recorded, string key, torch.Tensor actual) =>
        Closeness.Difference(recorded.Find(key)!, TorchMemory.Download(actual), Tolerance) is { } difference ? $"{key} {difference}" : null;
}
