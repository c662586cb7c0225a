using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>An initializer that is not known here: kept and written back.</summary>
/// <param name="Class">The class name in the file.</param>
/// <param name="Json">The JSON text that stands for it in the file.</param>
[NotInRegistry]
public sealed record UnknownInitializer(string Class, string Json) : Initializer
{
    /// <inheritdoc/>
    public override string ClassName => Class;

    /// <summary>Refuses to make values.</summary>
    /// <exception cref="ModelToolsException">MT4002, always.</exception>
    public override Tensor Create(Shape shape, DType dtype, Random random) =>
        throw new ModelToolsException(ErrorCode.UnsupportedOption, $"The initializer '{Class}' is not known, so a weight of shape {shape} cannot be given its first values.");
}
