namespace ModelTools.Training;

/// <summary>The shape of a slot, from its variable's.</summary>
public enum SlotShape
{
    /// <summary>The variable's.</summary>
    Variable,

    /// <summary>The variable's without its last axis; a scalar for variables with fewer than two axes.</summary>
    Rows,

    /// <summary>The variable's without its last axis but one; a scalar for variables with fewer than two axes.</summary>
    Columns,
}
