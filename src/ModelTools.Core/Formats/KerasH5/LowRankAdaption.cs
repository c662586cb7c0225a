using System.Globalization;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats.KerasH5;

/// <summary>Adds the low-rank adaption of a layer (LoRA), which legacy files keep apart, to the weight that it adapts.</summary>
/// <remarks>The weight becomes <c>w + (alpha / rank) · A · B</c>, as in Keras's newer containers.</remarks>
internal static class LowRankAdaption
{
    private const string Prefix = "lora_";

    /// <summary>The stored weights with the adaption added; as they are where there is none.</summary>
    public static IReadOnlyList<StoredWeight> Merge(Layer layer, IReadOnlyList<StoredWeight> stored)
    {
        if (stored.FirstOrDefault(weight => weight.Role.StartsWith(Prefix, StringComparison.Ordinal) && weight.Role.EndsWith("_a", StringComparison.Ordinal)) is not { } first)
        {
            return stored;
        }

        var role = first.Role[Prefix.Length..^2];
        if (stored.FirstOrDefault(weight => weight.Role == $"{Prefix}{role}_b") is not { } second || stored.FirstOrDefault(weight => weight.Role == role) is not { } adapted || !Fits(adapted.Value, first.Value, second.Value))
        {
            return stored;
        }

        var rank = second.Value.Shape[0];
        var alpha = layer.UnknownMembers.TryGetValue("lora_alpha", out var json) && double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : rank;
        var merged = adapted with { Value = new Tensor(DType.Float32, adapted.Value.Shape, new LazyData(adapted.Value.Data.Length, () => Add(adapted.Value, first.Value, second.Value, (float)(alpha / rank)))) };

        // The adapted weight comes last there, since it is frozen; a plain layer has it first.
        return [merged, .. stored.Where(weight => weight != adapted && weight != first && weight != second)];
    }

    private static bool Fits(Tensor adapted, Tensor first, Tensor second) =>
        adapted.DType == DType.Float32 && first.DType == DType.Float32 && second.DType == DType.Float32 && adapted.Shape.Rank > 1 && second.Shape.Rank == 2
        && first.Shape.Equals(adapted.Shape.With(-1, second.Shape[0])) && second.Shape[1] == adapted.Shape[^1];

    private static OwnedData Add(Tensor adapted, Tensor first, Tensor second, float scale)
    {
        var a = first.AsSpan<float>();
        var b = second.AsSpan<float>();
        var (rank, width) = ((int)second.Shape[0], (int)second.Shape[1]);
        float[] sum = [.. adapted.AsSpan<float>()];
        for (var row = 0; row < sum.Length / width; row++)
        {
            for (var inner = 0; inner < rank; inner++)
            {
                var factor = scale * a[(row * rank) + inner];
                for (var column = 0; column < width; column++)
                {
                    sum[(row * width) + column] += factor * b[(inner * width) + column];
                }
            }
        }

        return (OwnedData)Tensor.FromArray<float>(sum, adapted.Shape).Data;
    }
}
