using System.Collections;
using System.Management.Automation;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Parameters;

/// <summary>Turns what a user passes as data into tensors: tensors, arrays, nested arrays, one or several.</summary>
internal static class TensorArguments
{
    /// <summary>One tensor from a tensor, a number or (nested) arrays.</summary>
    /// <exception cref="ModelToolsException">MT6004: rows of different lengths, or no numbers.</exception>
    public static Tensor One(object value, DType? dtype = null) => Unwrap(value) switch
    {
        Tensor tensor => dtype is { } wanted ? tensor.Cast(wanted) : tensor,
        var other => TensorArrays.FromNested(other, dtype, Unwrap),
    };

    /// <summary>The tensors for the inputs or outputs of a model.</summary>
    /// <param name="value">A tensor or array for one; an array of tensors or a hashtable by name for several.</param>
    /// <param name="names">The names, in the model's order.</param>
    /// <param name="what">What they are, for messages: <c>input</c> or <c>output</c>.</param>
    /// <exception cref="ModelToolsException">MT3006: not as many as there are names; MT6006: a name is not known.</exception>
    public static IReadOnlyList<Tensor> For(object value, IReadOnlyList<string> names, string what)
    {
        var given = Unwrap(value);
        if (given is IDictionary table)
        {
            return [.. names.Select(name => table[name] is { } entry
                ? One(entry)
                : throw new ModelToolsException(ErrorCode.UnknownName, $"No data is given for the {what} '{name}'; the names given are {string.Join(", ", table.Keys.Cast<object>())}."))];
        }

        if (given is object[] several && several.Length > 0 && several.All(item => Unwrap(item) is Tensor))
        {
            return several.Length == names.Count || names.Count == 0
                ? [.. several.Select(item => One(item))]
                : throw new ModelToolsException(ErrorCode.InputMismatch, $"{several.Length} tensors are given where the model has {names.Count} {what}{(names.Count == 1 ? "" : "s")}.");
        }

        return names.Count <= 1
            ? [One(value)]
            : throw new ModelToolsException(ErrorCode.InputMismatch, $"The model has {names.Count} {what}s ({string.Join(", ", names)}); pass one tensor for each, or a hashtable by name.");
    }

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: var inner } && inner is not PSCustomObject ? inner : value;
}
