using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>The functions of <c>keras.activations</c>, by their names.</summary>
/// <remarks><c>hard_sigmoid</c> is two functions under one name: clip(0.2·x + 0.5) in Keras 2, clip(x/6 + 0.5) in Keras 3.</remarks>
public static class Activations
{
    private static readonly Dictionary<string, ActivationFunction> Known = NamedActivation.Names
        .Select(name => new NamedActivation(name)).ToDictionary(function => function.Name, ActivationFunction (function) => function);

    /// <summary>The identity: Keras's <c>None</c>.</summary>
    public static ActivationFunction Linear => Known["linear"];

    /// <summary>max(x, 0).</summary>
    public static ActivationFunction Relu => Known["relu"];

    /// <summary>1 / (1 + e^-x).</summary>
    public static ActivationFunction Sigmoid => Known["sigmoid"];

    /// <summary>Hyperbolic tangent.</summary>
    public static ActivationFunction Tanh => Known["tanh"];

    /// <summary>e^x normalised to sum 1 along the last axis.</summary>
    public static ActivationFunction Softmax => Known["softmax"];

    /// <summary>Keras 3's <c>hard_sigmoid</c>: clip(x/6 + 0.5, 0, 1).</summary>
    public static ActivationFunction HardSigmoid => Known["hard_sigmoid"];

    /// <summary>Keras 2's <c>hard_sigmoid</c>: clip(0.2·x + 0.5, 0, 1).</summary>
    public static ActivationFunction HardSigmoidOfKeras2 { get; } = new HardSigmoidOfKeras2();

    /// <summary>All names, in Keras's order.</summary>
    public static IReadOnlyList<string> Names => NamedActivation.Names;

    /// <summary>Finds a function by Keras's name.</summary>
    /// <param name="name">For instance <c>relu</c>; a package in front (<c>keras&gt;gelu</c>) does not count.</param>
    /// <param name="dialect">The generation whose meaning of the name is wanted.</param>
    /// <returns>The function, or null for a name that is not known here: a reader keeps it as an <see cref="UnknownActivation"/>.</returns>
    public static ActivationFunction? Find(string name, KerasDialect dialect)
    {
        var plain = name[(name.LastIndexOf('>') + 1)..];
        return plain == HardSigmoidOfKeras2.Name && dialect is KerasDialect.Keras2 ? HardSigmoidOfKeras2 : Known.GetValueOrDefault(plain);
    }
}
