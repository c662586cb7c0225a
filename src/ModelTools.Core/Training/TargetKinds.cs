using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>What a target holds, seen from its shape.</summary>
internal enum TargetKind
{
    /// <summary>One probability.</summary>
    Binary,

    /// <summary>Class numbers.</summary>
    ClassNumbers,

    /// <summary>Distributions over classes.</summary>
    Distribution,
}

/// <summary>Keras's rule for the names whose meaning depends on the data.</summary>
internal static class TargetKinds
{
    /// <summary>The kind of a target for a prediction.</summary>
    public static TargetKind Of(Shape target, Shape prediction) =>
        prediction.Rank > 0 && prediction[^1] == 1 ? TargetKind.Binary
        : target.Rank < prediction.Rank || (target.Rank > 0 && target[^1] == 1) ? TargetKind.ClassNumbers
        : TargetKind.Distribution;
}
