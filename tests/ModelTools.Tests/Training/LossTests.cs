using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Tests.Torch;
using ModelTools.Torch.Operators;
using ModelTools.Training;
using TorchSharp;

namespace ModelTools.Tests.Training;

/// <summary>Losses against the values and gradients that Keras 2 and Keras 3 gave.</summary>
public sealed class LossTests
{
    private const double Tolerance = 1e-5;

    // TensorFlow's kernel takes softmax - target for the gradient even where a target does not sum to 1; Keras on other backends and we do not.
    private const string TensorFlowGradient = "losses/CategoricalCrossentropy(from_logits=True,axis=0)@logits";

    [SkippableTheory]
    [InlineData(false, 22)]
    [InlineData(true, 117)]
    public void Recorded_losses_have_their_values_and_gradients(bool all, int count)
    {
        Engine.Require();
        using var cases = RecordedCases.Open(all, "training", "tables");
        var (done, failures) = (0, new List<string>());
        foreach (var recorded in cases.In("losses"))
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
        var loss = FixtureObjects.Create<Loss>(recorded.Class, recorded.Config, recorded.Dialect, "fn") with { Dialect = recorded.Dialect };
        var target = op.Constant(recorded.Input("y_true"));
        var prediction = op.Constant(recorded.Input("y_pred")).requires_grad_();
        List<string?> found =
        [
            Against(recorded, "per_sample", loss.PerSample(op, target, prediction.detach())),
            loss.Name == recorded.Config["name"]!.GetValue<string>() ? null : $"the name is {loss.Name}",
        ];
        var value = loss.Compute(op, target, prediction);
        found.Add(Against(recorded, "value", value));
        if (recorded.Find("weighted") is not null)
        {
            found.Add(Against(recorded, "weighted", loss.Compute(op, target, prediction, op.Constant(recorded.File.Find("data/weights", "value")!))));
        }

        if (recorded.Find("gradient") is not null && recorded.Name != TensorFlowGradient)
        {
            value.sum().backward();
            found.Add(Against(recorded, "gradient", prediction.grad!));
        }

        return found;
    }

    private static string? Against(RecordedCase recorded, string key, torch.Tensor actual) =>
        Closeness.Difference(recorded.Find(key)!, TorchMemory.Download(actual.detach()), Tolerance) is { } difference ? $"{key} {difference}" : null;
}
