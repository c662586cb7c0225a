using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>A tensor that an optimizer keeps for each variable.</summary>
/// <param name="Name">Keras 3's name, such as <c>velocity</c>.</param>
/// <param name="Keras2Name">Name in tf.keras 2.11 and later, such as <c>v</c>.</param>
/// <param name="LegacyName">Name in older tf.keras.</param>
/// <param name="Block">Slots of one block are stored variable by variable; the blocks follow each other.</param>
public sealed record OptimizerSlot(string Name, string Keras2Name, string LegacyName, int Block)
{
    /// <summary>Its shape.</summary>
    public SlotShape Shape { get; init; }

    /// <summary>Its value before the first step.</summary>
    public double InitialValue { get; init; }

    /// <summary>True if it starts as a copy of the variable.</summary>
    public bool StartsAsVariable { get; init; }

    /// <summary>The shape for a variable.</summary>
    public Shape ShapeFor(Shape variable) => Shape switch
    {
        SlotShape.Variable => variable,
        _ when variable.Rank < 2 => Tensors.Shape.Scalar,
        SlotShape.Rows => variable.Slice(0, variable.Rank - 1),
        _ => variable.Slice(0, variable.Rank - 2).Concat(variable.Slice(variable.Rank - 1, 1)),
    };

    /// <summary>The name in a generation.</summary>
    public string NameIn(OptimizerGeneration generation) => generation switch
    {
        OptimizerGeneration.Keras3 => Name,
        OptimizerGeneration.Keras2 => Keras2Name,
        _ => LegacyName,
    };
}
