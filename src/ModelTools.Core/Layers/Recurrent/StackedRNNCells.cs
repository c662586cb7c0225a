using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Cells one above the other, as one cell. Keras: <c>keras.layers.StackedRNNCells</c>.</summary>
/// <param name="Cells">The cells, the one that takes the input first.</param>
public sealed record StackedRNNCells(IReadOnlyList<Layer> Cells) : Layer, IRecurrentCell
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool DependsOnTraining => Cells.Any(cell => cell.DependsOnTraining);

    Recurrence IRecurrentCell.Recurrence => new StackedRecurrence(this);

    /// <inheritdoc/>
    internal override IReadOnlyList<Layer> Parts => Cells;

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Cells.Count == 0)
        {
            throw InvalidOption("needs at least one cell.");
        }

        foreach (var cell in Cells)
        {
            cell.Validate();
        }
    }

    /// <inheritdoc/>
    internal override Layer WithParts(IReadOnlyList<Layer> parts) => this with { Cells = parts };

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights) => new StackedRecurrence(this).Build(inputs[0][^1], weights);

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call) => CellCall.Run(this, new StackedRecurrence(this), call);
}
