using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A constraint that is not known here: kept and written back, refused in training.</summary>
/// <param name="Class">The class name in the file.</param>
/// <param name="Json">The JSON text that stands for it in the file.</param>
[NotInRegistry]
public sealed record UnknownConstraint(string Class, string Json) : Constraint
{
    /// <inheritdoc/>
    public override string ClassName => Class;

    /// <summary>Refuses to compute.</summary>
    /// <exception cref="ModelToolsException">MT4002, always.</exception>
    public override T Apply<T>(IOperators<T> op, T weight) =>
        throw new ModelToolsException(ErrorCode.UnsupportedOption, $"The constraint '{Class}' is not known, so the model cannot be trained.");
}
