using System.Collections.Immutable;

namespace ModelTools.Models;

/// <summary>One call of a layer on tensors. Keras: <c>Node</c>. A shared layer has several.</summary>
public sealed class LayerCallNode
{
    internal LayerCallNode(ModelLayer layer, IReadOnlyList<SymbolicTensor> inputs, IReadOnlyList<string?> keywords, ImmutableSortedDictionary<string, string> arguments)
    {
        Layer = layer;
        Inputs = inputs;
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

    /// <summary>What it gives.</summary>
    public IReadOnlyList<SymbolicTensor> Outputs { get; internal set; } = [];

    /// <summary>The mode that this call insists on, or null for the pass's.</summary>
    public bool? Training => Arguments.GetValueOrDefault("training") switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };
}
