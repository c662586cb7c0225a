using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats;

/// <summary>Builds a sequential model that was given no input shape, from the weights of its first layer in a file.</summary>
internal static class UnbuiltModel
{
    /// <summary>Builds the model if the stored kernel of the first layer tells what it takes.</summary>
    /// <param name="model">The model; nothing happens to one that is built.</param>
    /// <param name="kernelOf">Shape of the stored kernel (embeddings for an Embedding) of the first layer, or null.</param>
    /// <exception cref="ModelToolsException">MT3008: neither the model nor the file tells the input shape.</exception>
    public static void Build(Model model, Func<ModelLayer, Shape?> kernelOf)
    {
        if (model.IsBuilt || model.Kind is ModelKind.Subclassed)
        {
            return;
        }

        if (model is { Kind: ModelKind.Sequential, Layers: [var first, ..] } && kernelOf(first) is { } kernel && InputOf(first.Layer, kernel) is { } input)
        {
            model.Build(input);
            return;
        }

        throw new ModelToolsException(ErrorCode.ModelNotBuilt, $"The model '{model.Name}' has no weights yet, and the file does not tell the shape of its input.") { Location = model.Name };
    }

    private static Shape? InputOf(Layer layer, Shape kernel) => (layer, kernel.Rank) switch
    {
        (Dense, 2) => [Shape.Unknown, kernel[0]],
        (Embedding, 2) => [Shape.Unknown, Shape.Unknown],
        _ => null,
    };
}
