using System.Text.Json.Nodes;
using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Tests.Torch;
using ModelTools.Torch.Operators;
using ModelTools.Training;
using TorchSharp;

namespace ModelTools.Tests.Training;

/// <summary>Optimizers against Keras's own runs of the recorded small network: Dense(6, tanh), Dense(3).</summary>
public sealed class OptimizerTests
{
    private const int Steps = 20;
    private const double StepTolerance = 1e-5;

    // tf_keras multiplies Nadam's product of momenta once per variable when it runs as a graph. Keras 3.15 on TensorFlow starts ScheduleFreeAdamW's point at 0
    // and takes it out of the average after it has moved (both seen by repeating these mistakes: then the runs agree).
    private static readonly string[] DefectsOfKeras = ["nadam (Keras2)", "schedule_free_adamw (Keras3)"];

    [SkippableTheory]
    [InlineData(false, 15)]
    [InlineData(true, 76)]
    public void Recorded_trajectories_are_followed_step_by_step(bool all, int count)
    {
        Engine.Require();
        using var cases = RecordedCases.Open(all, "training", "trajectories");
        var (done, failures) = (0, new List<string>());
        foreach (var recorded in cases.In("optimizers").Where(IsSound))
        {
            var optimizer = RecordedOptimizer.Read(recorded.Info["optimizer"]!, recorded.Dialect);
            using var scope = torch.NewDisposeScope();
            failures.AddRange(Follow(recorded, optimizer).OfType<string>().Select(text => $"{recorded}: {text}"));
            done++;
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(count, done);
    }

    [SkippableFact]
    public void Stored_states_are_restored_and_the_training_goes_on()
    {
        Engine.Require();
        using var states = RecordedCases.Open(true, "compiled", "state");
        using var data = RecordedCases.Open(true, "training", "trajectories");
        var optimizers = JsonNode.Parse(File.ReadAllText(TestFolders.RequireShared("fixtures", "compiled", "index.json")))!["optimizers"]!.AsObject();
        var (done, failures) = (0, new List<string>());
        foreach (var recorded in states.In("after3").Where(IsSound))
        {
            var name = recorded.Name[(recorded.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var optimizer = RecordedOptimizer.Read(optimizers[name]![recorded.Dialect is KerasDialect.Keras2 ? "k2" : "k3"]!["optimizer"]!, recorded.Dialect);
            using var scope = torch.NewDisposeScope();
            failures.AddRange(GoOn(recorded, recorded with { Name = "after6/" + name }, data, optimizer).OfType<string>().Select(text => $"{recorded}: {text}"));
            done++;
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(55, done);
    }

    [SkippableFact]
    public void A_state_of_Keras_2_becomes_the_state_of_Keras_3()
    {
        using var states = RecordedCases.Open(true, "compiled", "state");
        var cases = states.In("after3").ToDictionary(recorded => recorded.ToString());
        var (old, wanted) = (cases["after3/adam (Keras2)"], cases["after3/adam (Keras3)"]);
        var optimizer = new Adam { LearningRate = 0.02 };
        var state = OptimizerLayout.For(optimizer, OptimizerGeneration.Keras2, RecordedNetwork.Variables(OptimizerGeneration.Keras2)).Restore(Flat(old));
        var converted = OptimizerLayout.For(optimizer, OptimizerGeneration.Keras3, RecordedNetwork.Variables(OptimizerGeneration.Keras3)).Flatten(state);
        var expected = Flat(wanted);
        Assert.Equal(expected.Count, converted.Count);
        Assert.All(expected.Zip(converted), pair => Assert.Null(Closeness.Difference(pair.First, pair.Second, StepTolerance)));
    }

    private static bool IsSound(RecordedCase recorded) => !DefectsOfKeras.Any(name => recorded.ToString().EndsWith("/" + name, StringComparison.Ordinal));

    private static List<Tensor> Flat(RecordedCase recorded) => [.. Enumerable.Range(0, int.MaxValue).Select(i => recorded.Find($"o{i}")).TakeWhile(tensor => tensor is not null).OfType<Tensor>()];

    private static IEnumerable<string?> GoOn(RecordedCase before, RecordedCase after, RecordedCases data, Optimizer optimizer)
    {
        using var network = new RecordedNetwork(data, optimizer);
        network.Restore(RecordedNetwork.LayoutFor(optimizer).Restore(Flat(before)), Enumerable.Range(0, 4).Select(i => before.Find($"w{i}")!));
        yield return network.Iterations == 3 ? null : $"{network.Iterations} iterations were restored";
        var losses = Enumerable.Range(3, 3).Select(batch => network.Step(batch).Loss).ToArray();
        yield return Difference("losses", after, Tensor.FromArray(losses));
        for (var i = 0; i < network.Weights.Count; i++)
        {
            yield return Difference($"w{i}", after, TorchMemory.Download(network.Weights[i]));
        }
    }

    private static IEnumerable<string?> Follow(RecordedCase recorded, Optimizer optimizer)
    {
        using var network = new RecordedNetwork(recorded.File, optimizer);
        var rows = Enumerable.Range(0, Steps).Select(network.Step).SelectMany(row => new[] { row.Loss, row.Accuracy }).ToArray();
        yield return Difference("loss_accuracy", recorded, Tensor.FromArray(rows, Steps, 2));
        for (var i = 0; i < network.Weights.Count; i++)
        {
            yield return Difference($"w{i}", recorded, TorchMemory.Download(network.Weights[i]));
        }

        var (layout, flat) = network.Flatten();
        for (var i = 0; i < flat.Count; i++)
        {
            yield return layout.Entries[i].Kind is OptimizerEntryKind.Placeholder ? null : Difference($"o{i}", recorded, flat[i]);
            var name = recorded.Info["names"]?[$"o{i}"]?.GetValue<string>();
            if (layout.Entries[i].Kind is not OptimizerEntryKind.Placeholder && name is not null && !layout.Entries[i].Name.Replace(":0", "", StringComparison.Ordinal).EndsWith(name, StringComparison.Ordinal))
            {
                yield return $"o{i} is named {layout.Entries[i].Name}, not {name}";
            }
        }

        if (recorded.Find($"o{flat.Count}") is not null)
        {
            yield return $"the layout has only {flat.Count} entries";
        }
    }

    private static string? Difference(string key, RecordedCase recorded, Tensor actual) =>
        recorded.Find(key) is not { } expected ? $"{key} was not recorded"
        : Closeness.Difference(expected, actual, StepTolerance) is { } difference ? $"{key} {difference}" : null;
}
