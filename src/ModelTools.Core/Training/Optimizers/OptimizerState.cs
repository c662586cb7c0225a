using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>What an optimizer remembers between steps; with the variables it is all that a training needs to go on.</summary>
public sealed record OptimizerState
{
    /// <summary>Steps that are done.</summary>
    public long Iterations { get; init; }

    /// <summary>The learning rate as a callback or a file left it; null where the configuration says it.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The slots: per variable, in the order of <see cref="Optimizer.Slots"/>.</summary>
    public IReadOnlyList<IReadOnlyList<Tensor>> Slots { get; init; } = [];

    /// <summary>The values that all variables share, in the order of <see cref="Optimizer.Shared"/>.</summary>
    public IReadOnlyList<double> Shared { get; init; } = [];

    /// <summary>The state before the first step.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="variables">The values of the trainable variables.</param>
    public static OptimizerState Initial(Optimizer optimizer, IEnumerable<Tensor> variables) => new()
    {
        Slots = [.. variables.Select(variable => optimizer.Slots.Select(slot => Start(slot, variable)).ToArray())],
        Shared = [.. optimizer.Shared.Select(value => value.InitialValue)],
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Iterations} steps, {Slots.Sum(slots => slots.Count)} slots";

    private static Tensor Start(OptimizerSlot slot, Tensor variable) =>
        slot.StartsAsVariable ? variable : ScalarTensors.Filled(variable.DType, slot.ShapeFor(variable.Shape), slot.InitialValue);
}
