using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A regularizer that is not known here: kept and written back, refused in training.</summary>
/// <param name="Class">The class name in the file.</param>
/// <param name="Json">The JSON text that stands for it in the file.</param>
[NotInRegistry]
public sealed record UnknownRegularizer(string Class, string Json) : Regularizer
{
    /// <inheritdoc/>
    public override string ClassName => Class;

    /// <summary>Refuses to compute.</summary>
    /// <exception cref="ModelToolsException">MT4002, always.</exception>
    public override T Penalty<T>(IOperators<T> op, T x) =>
        throw new ModelToolsException(ErrorCode.UnsupportedOption, $"The regularizer '{Class}' is not known, so the model cannot be trained.");
}
