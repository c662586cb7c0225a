using System.Collections.Immutable;
using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A tensor on its way through the model, with the mask that Keras attaches to it.</summary>
/// <typeparam name="T">The implementation's tensor.</typeparam>
/// <param name="Value">The tensor.</param>
/// <param name="Mask">bool [batch, time]: false where a step is to be skipped; null for none.</param>
public sealed record Masked<T>(T Value, T? Mask = null)
    where T : class;

/// <summary>What a pass through the model has in common for all layers.</summary>
/// <typeparam name="T">The implementation's tensor.</typeparam>
public sealed class CallContext<T>
    where T : class
{
    private readonly List<T> _losses = [];

    /// <summary>True while training: dropout drops, batch statistics count.</summary>
    public bool Training { get; init; }

    /// <summary>The generation whose rules count where the generations compute differently.</summary>
    public KerasDialect Dialect { get; init; } = KerasDialect.Keras2;

    /// <summary>Where stateful layers keep their states between passes; null if each pass begins anew.</summary>
    public IStateMemory<T>? States { get; init; }

    /// <summary>Penalties that layers added during the pass (activity regularizers), scalars.</summary>
    public IReadOnlyList<T> Losses => _losses;

    /// <summary>Adds a penalty to the loss.</summary>
    public void AddLoss(T loss) => _losses.Add(loss);
}

/// <summary>One call of a layer.</summary>
/// <typeparam name="T">The implementation's tensor.</typeparam>
/// <param name="Operators">The vocabulary.</param>
/// <param name="Inputs">The inputs, at least one for all layers but InputLayer.</param>
/// <param name="Keywords">The argument's name for each input that was passed by name (<c>initial_state</c>, <c>mask</c>, <c>value</c>); null for positional ones.</param>
/// <param name="Weights">The layer's weights.</param>
/// <param name="Context">The pass.</param>
/// <param name="Training">True if this call runs in training mode: the pass's mode unless the call says otherwise.</param>
public sealed record LayerCall<T>(
    IOperators<T> Operators,
    IReadOnlyList<Masked<T>> Inputs,
    IReadOnlyList<string?> Keywords,
    LayerWeights<T> Weights,
    CallContext<T> Context,
    bool Training)
    where T : class
{
    /// <summary>Other arguments of the call, as JSON texts (<c>use_causal_mask</c>).</summary>
    public ImmutableSortedDictionary<string, string> Arguments { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>True if the call sets an argument to true.</summary>
    public bool Flag(string argument) => Arguments.GetValueOrDefault(argument) == "true";

    /// <summary>The inputs that were passed by position.</summary>
    public IReadOnlyList<Masked<T>> Positional => [.. Inputs.Where((_, index) => index >= Keywords.Count || Keywords[index] is null)];

    /// <summary>The inputs that were passed under a name.</summary>
    public IReadOnlyList<Masked<T>> Named(string keyword) => [.. Inputs.Where((_, index) => index < Keywords.Count && Keywords[index] == keyword)];
}
