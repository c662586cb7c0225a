using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats;

/// <summary>Builds a sequential model that does not know its input shape by the shapes of the stored weights.</summary>
internal static class InputInference
{
    /// <summary>Builds the model if it is not built.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kernel">Shape of the first stored weight, or null if there is none.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="ModelToolsException">MT3008: the weights do not tell the shape of the input.</exception>
    public static void BuildIfNeeded(Model model, Shape? kernel, string path)
    {
        if (model.IsBuilt || model.Kind is not ModelKind.Sequential)
        {
            return;
        }

        if (kernel is not null && InputOf(model, kernel) is { } shape)
        {
            try
            {
                model.Build(shape);
                return;
            }
            catch (ModelToolsException error) when (error.Code == ErrorCode.InputMismatch)
            {
                throw NotBuilt(model, path, error);
            }
        }

        if (model.Layers.Count > 0)
        {
            throw NotBuilt(model, path, null);
        }
    }

    private static ModelToolsException NotBuilt(Model model, string path, ModelToolsException? inner) =>
        new(ErrorCode.ModelNotBuilt, $"The model {model.Name} does not know its input shape yet, and the weights of '{path}' do not tell it.", inner) { Path = path };

    // Layers without weights in front must leave the last axis as it is.
    private static Shape? InputOf(Model model, Shape kernel)
    {
        foreach (var layer in model.Layers)
        {
            switch (layer.ClassName)
            {
                case "Dense" when kernel.Rank == 2:
                    return [Shape.Unknown, kernel[0]];
                case "Embedding":
                    return [Shape.Unknown, Shape.Unknown];
                case "SimpleRNN" or "LSTM" or "GRU" when kernel.Rank == 2:
                    return [Shape.Unknown, Shape.Unknown, kernel[0]];
                case "Conv1D" or "Conv2D" or "Conv3D" when layer.Layer is Convolution convolution && kernel.Rank > 2:
                    return [.. Enumerable.Repeat(Shape.Unknown, kernel.Rank - 1), kernel[^2] * convolution.Groups];
                case "BatchNormalization" or "LayerNormalization" when kernel.Rank == 1:
                    return [Shape.Unknown, kernel[0]];
                case "Activation" or "Dropout" or "ReLU" or "LeakyReLU" or "ELU" or "Softmax" or "GaussianNoise" or "GaussianDropout" or "AlphaDropout" or "Rescaling" or "Identity" or "Masking":
                    continue;
                default:
                    return null;
            }
        }

        return null;
    }
}
