using ModelTools.Diagnostics;

namespace ModelTools.Tensors;

/// <summary>A tensor without values: what is known of it before it is computed.</summary>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Dimensions; open ones are <see cref="Tensors.Shape.Unknown"/>.</param>
/// <param name="Name">The input's or output's name, where it has one.</param>
public sealed record TensorSpec(DType DType, Shape Shape, string? Name = null)
{
    /// <summary>For instance <c>float32 (None, 784)</c>.</summary>
    public override string ToString() => Name is null ? $"{DType.Name()} {Shape}" : $"{PlainText.Line(Name)}: {DType.Name()} {Shape}";
}
