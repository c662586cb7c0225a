using ModelTools.Tensors;
using ModelTools.Tests.Torch;
using ModelTools.Torch.Operators;
using ModelTools.Training;
using TorchSharp;

namespace ModelTools.Tests.Training;

/// <summary>The schedule-free AdamW, whose recorded runs are spoilt by defects of Keras: against the definition of the paper.</summary>
public sealed class ScheduleFreeTests
{
    [SkippableFact]
    public void The_variable_lies_between_the_moving_point_and_the_mean_of_its_places()
    {
        Engine.Require();
        using var scope = torch.NewDisposeScope();
        using var op = new TorchOperators();
        var optimizer = new ScheduleFreeAdamW { LearningRate = 0.05, Beta1 = 0.8 };
        var variable = torch.tensor(new[] { 0.5f, -2f, 3f });
        var slots = OptimizerState.Initial(optimizer, [TorchMemory.Download(variable)]).Slots[0].Select(op.Constant).ToArray();
        List<torch.Tensor> points = [];
        for (var i = 0; i < 6; i++)
        {
            var update = optimizer.Update(op, new OptimizerStep<torch.Tensor>(variable, variable.sin(), slots, i, 0.05));
            (variable, slots) = (update.Variable, [.. update.Slots]);
            points.Add(slots[0]);
            var mean = torch.stack(points).mean([0L]);
            Assert.Null(Closeness.Difference(TorchMemory.Download((0.2f * slots[0]) + (0.8f * mean)), TorchMemory.Download(variable), 1e-5));
        }
    }
}
