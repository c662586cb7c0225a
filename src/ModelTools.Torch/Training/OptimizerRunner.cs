using ModelTools.Torch.Operators;
using ModelTools.Torch.Training.Elementwise;
using ModelTools.Training;
using TorchSharp;

namespace ModelTools.Torch.Training;

/// <summary>Applies an optimizer to all variables.</summary>
internal sealed class OptimizerRunner(Optimizer optimizer, ParameterSet parameters, TorchOperators op)
{
    /// <summary>The learning rate of the next step.</summary>
    public double LearningRate => optimizer.LearningRateAt(parameters.Iterations, parameters.LearningRate);

    /// <summary>The scalar to differentiate: the loss, enlarged where small gradients must survive half precision.</summary>
    public torch.Tensor Scaled(torch.Tensor loss) => optimizer.LossScale == 1 ? loss : loss.mul(optimizer.LossScale);

    /// <summary>Changes the variables by the gradients of the last backward pass.</summary>
    public void Step()
    {
        using var noGradient = torch.no_grad();
        var rows = parameters.Parameters.Select(parameter => (Parameter: parameter, Gradient: parameter.TakeGradient())).Where(row => row.Gradient is not null).ToArray();
        var rate = LearningRate;
        parameters.Shared = optimizer.AdvanceShared(parameters.Shared, parameters.Iterations);
        var gradients = optimizer.Clip(op, [.. rows.Select(row => row.Gradient!)]);
        var formula = ElementwiseFormula.Of(optimizer, parameters.Iterations, rate, parameters.Shared);
        for (var i = 0; i < rows.Length; i++)
        {
            var parameter = rows[i].Parameter;
            if (formula is not null && parameter.Addresses(gradients[i]) is { } arrays)
            {
                formula.Run(arrays, parameter.Value.NumberOfElements);
                continue;
            }

            var step = new OptimizerStep<torch.Tensor>(parameter.Value, gradients[i], parameter.Slots, parameters.Iterations, rate) { Shared = parameters.Shared, Path = parameter.Variable.FullName };
            Apply(parameter, optimizer.Update(op, step));
        }

        foreach (var (parameter, _) in rows)
        {
            if (parameter.Variable.Constraint is { } constraint)
            {
                parameter.Value.copy_(constraint.Apply(op, parameter.Value));
            }
        }

        parameters.Iterations++;
    }

    /// <summary>At the end of a training: the moving averages take the variables' places, if the optimizer keeps any.</summary>
    public void Finish()
    {
        if (optimizer.AverageSlot is not { } average)
        {
            return;
        }

        using var noGradient = torch.no_grad();
        foreach (var parameter in parameters.Parameters)
        {
            parameter.Value.copy_(parameter.Slots[average]);
        }
    }

    private static void Apply(Parameter parameter, OptimizerUpdate<torch.Tensor> update)
    {
        parameter.Value.copy_(update.Variable);
        for (var slot = 0; slot < update.Slots.Count; slot++)
        {
            if (!ReferenceEquals(parameter.Slots[slot], update.Slots[slot]))
            {
                parameter.Slots[slot].copy_(update.Slots[slot]);
            }
        }
    }
}
