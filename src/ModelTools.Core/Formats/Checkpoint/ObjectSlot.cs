namespace ModelTools.Formats.Checkpoint;

/// <summary>State that an optimizer keeps for a variable, as the optimizers up to Keras 2.10 store it.</summary>
/// <param name="Variable">Node of the variable.</param>
/// <param name="Name">What it is: <c>m</c>, <c>v</c>, <c>momentum</c>.</param>
/// <param name="SlotVariable">Node that holds the state.</param>
public sealed record ObjectSlot(int Variable, string Name, int SlotVariable);
