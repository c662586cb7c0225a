using System.Buffers;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Configuration;

/// <summary>Finds what a generation of Keras has no way to say.</summary>
internal static class Obstacles
{
    private static readonly HashSet<string> OnlyInKeras3 =
    [
        "RMSNormalization", "GroupQueryAttention", "ReversibleEmbedding", "AdaptiveAveragePooling1D", "AdaptiveAveragePooling2D", "AdaptiveAveragePooling3D",
        "AdaptiveMaxPooling1D", "AdaptiveMaxPooling2D", "AdaptiveMaxPooling3D",
    ];

    private static readonly HashSet<string> OnlyInKeras2 = ["LocallyConnected1D", "LocallyConnected2D"];

    private static readonly SearchValues<char> CharactersOfKeras2 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.\\/>-");

    private static readonly HashSet<string> ActivationsOfKeras2 =
    [
        "linear", "relu", "relu6", "elu", "selu", "softplus", "softsign", "softmax", "log_softmax", "sigmoid", "hard_sigmoid", "tanh", "swish", "silu", "gelu", "mish",
        "exponential", "leaky_relu",
    ];

    /// <summary>The first thing in a model that a generation cannot say, as a sentence; null if there is none.</summary>
    public static string? Find(Model model, KerasDialect dialect) =>
        model.AllLayers.Select(layer => layer.NestedModel is { } nested ? Find(nested, dialect) : InLayer(layer.Layer, model.Dialect, dialect)).FirstOrDefault(found => found is not null);

    private static string? InLayer(Layer layer, KerasDialect source, KerasDialect target)
    {
        if (layer is UnknownLayer)
        {
            return source == target ? null : $"The layer {layer.Name} ({layer.ClassName}) is kept as {Name(source)} wrote it.";
        }

        if ((target is KerasDialect.Keras2 ? OnlyInKeras3 : OnlyInKeras2).Contains(layer.ClassName))
        {
            return $"The layer {layer.Name} is of the class {layer.ClassName}, which {Name(target)} does not have.";
        }

        if (target is KerasDialect.Keras3 ? layer.Name.Contains('/', StringComparison.Ordinal) : layer.Name.AsSpan().IndexOfAnyExcept(CharactersOfKeras2) >= 0)
        {
            return $"{Name(target)} does not allow the name '{layer.Name}' of a layer.";
        }

        if (target is KerasDialect.Keras3 && layer is SeparableConv1D { Padding: Padding.Causal })
        {
            return $"The padding 'causal' of the layer {layer.Name} ({layer.ClassName}) does not exist in {Name(target)}.";
        }

        foreach (var property in ObjectSchema.For(layer.GetType()).Properties)
        {
            var found = property.Get(layer) switch
            {
                ActivationFunction activation => OfActivation(layer, activation, target),
                NestedModel inner => Find(inner.Model, target),
                Layer inner => InLayer(inner, source, target),
                IEnumerable<Layer> inner => inner.Select(each => InLayer(each, source, target)).FirstOrDefault(each => each is not null),
                var value => HasNoPlace(property, value, target) ? $"The option {property.Name} of the layer {layer.Name} ({layer.ClassName}) does not exist in {Name(target)}." : null,
            };
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    // The shape of the input stands elsewhere, and random numbers differ in any case.
    private static bool HasNoPlace(ConfigProperty property, object? value, KerasDialect target) =>
        !(target is KerasDialect.Keras2 ? property.WriteKeras2 : property.WriteKeras3) && property.Key is not ("batch_input_shape" or "ragged" or "seed" or "trainable") && !Equals(value, property.Default);

    // Both generations have a hard_sigmoid, but they are two functions.
    private static string? OfActivation(Layer layer, ActivationFunction activation, KerasDialect target)
    {
        var isOther = activation.Equals(target is KerasDialect.Keras2 ? Activations.HardSigmoid : Activations.HardSigmoidOfKeras2);
        if (isOther)
        {
            return $"The activation hard_sigmoid of the layer {layer.Name} is another function in {Name(target)}.";
        }

        return target is KerasDialect.Keras2 && activation is not (UnknownActivation or LayerActivation) && !ActivationsOfKeras2.Contains(activation.Name)
            ? $"The layer {layer.Name} has the activation {activation.Name}, which Keras 2 does not have."
            : null;
    }

    private static string Name(KerasDialect dialect) => dialect is KerasDialect.Keras2 ? "Keras 2" : "Keras 3";
}
