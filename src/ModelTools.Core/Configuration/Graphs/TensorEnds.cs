using ModelTools.Configuration.Json;
using ModelTools.Models;

namespace ModelTools.Configuration;

/// <summary>The inputs or outputs of a graph: <c>input_layers</c>, <c>output_layers</c>.</summary>
/// <param name="Tensors">The tensors, in order.</param>
/// <param name="Structure">How they are given.</param>
internal sealed record TensorEnds(IReadOnlyList<TensorReference> Tensors, TensorStructure Structure)
{
    /// <summary>Reads one reference (Keras 3.11 and later), a list of them or a dictionary; structures inside are flattened.</summary>
    public static TensorEnds Read(ConfigValue? value, ReadContext context)
    {
        var tensors = new List<TensorReference>();
        Collect(value ?? throw context.Corrupt($"'{context.Location}' is missing."), tensors, context);
        return new TensorEnds(tensors, value is ConfigObject members && members.Count == tensors.Count
            ? new TensorStructure(TensorStructureKind.Dictionary, [.. members.Keys])
            : TensorStructure.Of(tensors.Count));
    }

    private static void Collect(ConfigValue value, List<TensorReference> tensors, ReadContext context)
    {
        if (CallReader.AsReference(value) is { } reference)
        {
            tensors.Add(reference);
            return;
        }

        IEnumerable<ConfigValue> items = value switch
        {
            ConfigArray array => array,
            ConfigObject members => members.Values,
            _ => throw context.Unexpected(value, "a list of tensors"),
        };
        foreach (var item in items)
        {
            Collect(item, tensors, context);
        }
    }
}
