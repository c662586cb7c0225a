using ModelTools.Layers;
using ModelTools.Models;

namespace ModelTools.Reporting;

/// <summary>The families by which a page colours layers; Keras groups its documentation likewise.</summary>
internal enum LayerFamily
{
    Input,
    Core,
    Activation,
    Convolution,
    Pooling,
    Normalization,
    Recurrent,
    Attention,
    Reshaping,
    Regularization,
    Preprocessing,
    Merging,
    Model,
    Unknown,
}

/// <summary>Tells the family of a layer.</summary>
internal static class LayerFamilies
{
    /// <summary>The family; wrappers of sequences count as recurrent.</summary>
    public static LayerFamily Of(Layer layer) => layer switch
    {
        UnknownLayer => LayerFamily.Unknown,
        NestedModel => LayerFamily.Model,
        InputLayer => LayerFamily.Input,
        MergeLayer => LayerFamily.Merging,
        ConvolutionBase => LayerFamily.Convolution,
        WindowPooling or GlobalPooling => LayerFamily.Pooling,
        AffineNormalization or Normalization or RMSNormalization or UnitNormalization => LayerFamily.Normalization,
        RecurrentUnits or ISequenceLayer or IRecurrentCell or Bidirectional or TimeDistributed => LayerFamily.Recurrent,
        DenseAttention or MultiHeadAttention => LayerFamily.Attention,
        CroppingBase or ZeroPadding or UpSampling or Flatten or Permute or RepeatVector or Reshape => LayerFamily.Reshaping,
        ImageLayer or ImageAugmentation or Rescaling => LayerFamily.Preprocessing,
        RandomLayer or ActivityRegularization => LayerFamily.Regularization,
        Activation or ELU or LeakyReLU or PReLU or ReLU or Softmax or ThresholdedReLU => LayerFamily.Activation,
        _ => LayerFamily.Core,
    };
}
