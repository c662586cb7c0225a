using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Torch.Operators;
using ModelTools.Torch.Training;
using ModelTools.Torch.Training.Elementwise;
using ModelTools.Training;
using TorchSharp;

namespace ModelTools.Tests.Torch.Training;

/// <summary>The one-pass computation of optimizers against the same formulas computed operator by operator.</summary>
public sealed class ElementwiseFormulaTests
{
    private static readonly string[] MustBeFast = ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam", "Lion"];

    public static TheoryData<string> Optimizers => [.. ObjectRegistry<Optimizer>.All.Select(schema => schema.ClassName)];

    [SkippableTheory]
    [MemberData(nameof(Optimizers))]
    public void OnePassGivesWhatTheOperatorsGive(string name)
    {
        Engine.Require();
        var optimizer = name == nameof(LossScaleOptimizer)
            ? new LossScaleOptimizer(new Adam())
            : (Optimizer)ObjectRegistry<Optimizer>.Find(name)!.Create(new Dictionary<string, object?>());
        Both(optimizer);
        if (optimizer is GradientOptimizer options)
        {
            Both(options with { WeightDecay = 0.01, UseEma = true, EmaMomentum = 0.9 });
        }
    }

    [SkippableFact]
    public void SeveralThreadsGiveWhatTheOperatorsGive()
    {
        Engine.Require();
        Both(new Adam { Amsgrad = true }, 600_001);
    }

    // Lengths are no multiples of a vector's.
    private static void Both(Optimizer optimizer, int count = 1237)
    {
        using var op = new TorchOperators(seed: 1);
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        if (ElementwiseFormula.Of(optimizer, 0, 0.01, [.. optimizer.Shared.Select(value => value.InitialValue)]) is null)
        {
            Assert.DoesNotContain(optimizer.ClassName, MustBeFast);
            return;
        }

        var variable = op.RandomNormal(DType.Float32, [count], 0, 1, 2);
        var slots = optimizer.Slots.Select(slot => slot.StartsAsVariable ? variable.clone() : torch.full([count], (float)slot.InitialValue)).ToArray();
        var parameter = new Parameter(new("w", "w", [count], DType.Float32), variable.clone(), [.. slots.Select(slot => slot.clone())]);
        IReadOnlyList<double> shared = [.. optimizer.Shared.Select(value => value.InitialValue)];
        for (var iteration = 0; iteration < 6; iteration++)
        {
            var gradient = op.RandomNormal(DType.Float32, [count], 0, 0.1, 3);
            shared = optimizer.AdvanceShared(shared, iteration);
            var update = optimizer.Update(op, new OptimizerStep<torch.Tensor>(variable, gradient, slots, iteration, 0.01) { Shared = shared });
            (variable, slots) = (update.Variable, [.. update.Slots]);
            ElementwiseFormula.Of(optimizer, iteration, 0.01, shared)!.Run(parameter.Addresses(gradient)!, count);

            foreach (var (expected, actual) in slots.Prepend(variable).Zip(parameter.Slots.Prepend(parameter.Value)))
            {
                Assert.Null(Compare.Difference(TorchMemory.Download(actual), TorchMemory.Download(expected), 1e-6));
            }
        }
    }
}
