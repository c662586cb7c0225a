using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>A cell of units: one step of the layer of the same name.</summary>
/// <remarks>Inputs: the step's input [batch, features] and the states [batch, units]. Outputs: the output and the new states.</remarks>
public abstract record RecurrentCell : RecurrentUnits, IRecurrentCell
{
    private protected RecurrentCell(int units)
        : base(units)
    {
    }

    Recurrence IRecurrentCell.Recurrence => Maths;

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights) => Maths.Build(inputs[0][^1], weights);

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call) => CellCall.Run(this, Maths, call);
}
