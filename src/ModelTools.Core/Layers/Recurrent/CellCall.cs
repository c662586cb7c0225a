using ModelTools.Diagnostics;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Calls a cell by itself, for one step.</summary>
internal static class CellCall
{
    public static IReadOnlyList<Masked<T>> Run<T>(Layer cell, Recurrence maths, LayerCall<T> call)
        where T : class
    {
        var op = call.Operators;
        var input = call.Inputs[0].Value;
        if (call.Inputs.Count != 1 + maths.StateSizes.Count)
        {
            throw new ModelToolsException(ErrorCode.InputMismatch, $"The cell {cell.Name} ({cell.ClassName}) takes an input and {maths.StateSizes.Count} states, not {call.Inputs.Count} tensors.") { Location = cell.Name };
        }

        var weights = maths.Prepare(op, call.Weights, op.DimensionOf(input, 0), call.Training);
        var step = maths.Step(op, maths.Project(op, input, weights), [.. call.Inputs.Skip(1).Select(state => state.Value)], weights);
        return [new Masked<T>(step.Output), .. step.States.Select(state => new Masked<T>(state))];
    }
}
