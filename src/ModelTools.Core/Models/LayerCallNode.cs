using System.Collections.Immutable;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Models;

/// <summary>One call of a layer on tensors. Keras: <c>Node</c>. A shared layer has several.</summary>
public sealed class LayerCallNode
{
    internal LayerCallNode(ModelLayer layer, IReadOnlyList<SymbolicTensor> inputs, IReadOnlyList<string?> keywords, ImmutableSortedDictionary<string, string> arguments)
    {
        Layer = layer;
        Inputs = inputs.ToArray();
        Keywords = keywords;
        Arguments = arguments;
    }

    /// <summary>The layer.</summary>
    public ModelLayer Layer { get; }

    /// <summary>The tensors it is called on; none for an InputLayer.</summary>
    public IReadOnlyList<SymbolicTensor> Inputs { get; }

    /// <summary>The argument's name of each input that is passed by name, else null.</summary>
    public IReadOnlyList<string?> Keywords { get; }

    /// <summary>Other arguments of the call, as JSON texts (<c>training</c>, <c>use_causal_mask</c>).</summary>
    public ImmutableSortedDictionary<string, string> Arguments { get; }

    /// <summary>True if constants stand among the tensors: arguments whose name is their place.</summary>
    public bool HasConstants => Arguments.Keys.Any(key => char.IsAsciiDigit(key[0]));

    /// <summary>What it gives.</summary>
    public IReadOnlyList<SymbolicTensor> Outputs { get; internal set => field = value.ToArray(); } = [];

    /// <summary>For instance <c>add(left[0], right[0])</c>.</summary>
    public override string ToString() => PlainText.Line($"{Layer.Name}({string.Join(", ", Inputs.Select(input => $"{input.Layer.Name}[{input.Index}]"))})");

    /// <summary>An output, or null if there is no such one; nobody knows how many outputs a layer has that cannot be run.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="spec">What a file says of it; counts where nobody else knows.</param>
    internal SymbolicTensor? OutputAt(int index, TensorSpec? spec = null)
    {
        const int Most = 1000;
        if (index >= Outputs.Count && index < Most && Outputs is [{ Layer.IsOpaque: true } first, ..])
        {
            Outputs = [.. Enumerable.Range(0, index + 1).Select(place => place < Outputs.Count ? Outputs[place] : first with { Index = place, IsOpaque = true })];
        }

        if (index < Outputs.Count && Outputs[index] is { IsOpaque: true } opaque && spec is not null)
        {
            Outputs = [.. Outputs.Select(output => output == opaque ? output with { Spec = spec, IsOpaque = false } : output)];
        }

        return index < Outputs.Count ? Outputs[index] : null;
    }

    /// <summary>The mode that this call insists on, or null for the pass's.</summary>
    public bool? Training => Arguments.GetValueOrDefault("training") switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };
}
