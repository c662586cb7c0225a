using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Torch.Operators;
using ModelTools.Training;
using TorchSharp;

namespace ModelTools.Torch.Training;

/// <summary>The trainable variables of a model in the engine, with the state of its optimizer.</summary>
internal sealed class ParameterSet : IDisposable
{
    private readonly Model _model;
    private readonly Optimizer _optimizer;
    private readonly VariableStore _store;
    private int[] _versions;

    /// <summary>Moves the variables and the optimizer's state into the engine.</summary>
    /// <exception cref="ModelToolsException">MT3003: the optimizer's state belongs to other variables.</exception>
    public ParameterSet(Model model, Optimizer optimizer, VariableStore store)
    {
        _model = model;
        _optimizer = optimizer;
        _store = store;
        Variable[] variables = [.. model.TrainableVariables];
        var state = model.OptimizerState ?? OptimizerState.Initial(optimizer, variables.Select(variable => variable.Value));
        var slots = optimizer.Slots.Count;
        if (state.Slots.Count != variables.Length || state.Slots.Any(of => of.Count != slots))
        {
            throw new ModelToolsException(ErrorCode.WeightCountMismatch, $"The state of the optimizer {optimizer.ClassName} belongs to {state.Slots.Count} variables; the model {model.Name} has {variables.Length}.")
            {
                Advice = "Set the training configuration again to start with a fresh optimizer.",
            };
        }

        Iterations = state.Iterations;
        LearningRate = state.LearningRate;
        Shared = state.Shared;
        Parameters = [.. variables.Select((variable, index) => Move(variable, state.Slots[index]))];
        _versions = [.. variables.Select(variable => variable.Version)];
    }

    /// <summary>The variables, in Keras's order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Steps that are done.</summary>
    public long Iterations { get; set; }

    /// <summary>The learning rate where it was set; null where the optimizer's configuration says it.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The values that the optimizer keeps for all variables.</summary>
    public IReadOnlyList<double> Shared { get; set; }

    /// <summary>Gives the model its new weights and the optimizer's state.</summary>
    public void WriteBack()
    {
        foreach (var parameter in Parameters)
        {
            _store.MarkNewer(parameter.Variable);
        }

        _store.WriteBack();
        _versions = [.. Parameters.Select(parameter => parameter.Variable.Version)];
        _model.OptimizerState = new OptimizerState
        {
            Iterations = Iterations,
            LearningRate = LearningRate,
            Shared = Shared,
            Slots = [.. Parameters.Select(parameter => parameter.Slots.Select(TorchMemory.Download).ToArray())],
        };
    }

    /// <summary>Takes over values that an observer gave to variables.</summary>
    public void TakeOver()
    {
        using var noGradient = torch.no_grad();
        for (var i = 0; i < _versions.Length; i++)
        {
            var (variable, value, _) = Parameters[i];
            if (variable.Version != _versions[i])
            {
                TorchMemory.CopyInto(variable.Value, value);
                _store.Set(variable, value);
                _versions[i] = variable.Version;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var slot in Parameters.SelectMany(parameter => parameter.Slots))
        {
            slot.Dispose();
        }
    }

    private Parameter Move(Variable variable, IReadOnlyList<Tensor> slots)
    {
        var value = TorchMemory.Upload(variable.Value).requires_grad_(true);
        _store.Set(variable, value);
        return new Parameter(variable, value, [.. slots.Select((slot, index) => TorchMemory.Upload(Shaped(slot, _optimizer.Slots[index], variable)).DetachFromDisposeScope())]);
    }

    private static Tensor Shaped(Tensor slot, OptimizerSlot description, Variable variable)
    {
        var wanted = description.ShapeFor(variable.Shape);
        return slot.Shape.Equals(wanted) ? slot : throw new ModelToolsException(
            ErrorCode.WeightShapeMismatch,
            $"The optimizer keeps '{description.Name}' of shape {slot.Shape} for the weight {variable.FullName}, where {wanted} is needed.") { Location = variable.FullName };
    }
}
