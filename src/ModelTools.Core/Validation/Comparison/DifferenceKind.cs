namespace ModelTools.Validation;

/// <summary>What a difference means for those who use the model.</summary>
public enum DifferenceKind
{
    /// <summary>Nothing: names of the model, who wrote it, the training configuration.</summary>
    Cosmetic,

    /// <summary>Programs run as before, with other numbers.</summary>
    Compatible,

    /// <summary>Programs or weights no longer fit.</summary>
    Breaking,
}
