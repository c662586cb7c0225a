using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>In which types a layer computes and keeps its weights. Keras: <c>keras.DTypePolicy</c>.</summary>
/// <param name="Name">A type's name, <c>mixed_float16</c> or <c>mixed_bfloat16</c>.</param>
public sealed record DTypePolicy(string Name)
{
    /// <summary>Keras's default.</summary>
    public static DTypePolicy Float32 { get; } = new("float32");

    /// <summary>The type of inputs, weights as used, and outputs.</summary>
    public DType ComputeDType => Name switch
    {
        "mixed_float16" => DType.Float16,
        "mixed_bfloat16" => DType.BFloat16,
        _ => DTypes.TryParse(Name, out var dtype) ? dtype : DType.Float32,
    };

    /// <summary>The type in which weights are kept and stored.</summary>
    public DType VariableDType => Name.StartsWith("mixed_", StringComparison.Ordinal) ? DType.Float32 : ComputeDType;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
