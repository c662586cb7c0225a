namespace ModelTools.Layers;

/// <summary>Where a tensor has its channels.</summary>
public enum DataFormat
{
    /// <summary>[batch, spatial…, channels]: TensorFlow's way.</summary>
    ChannelsLast,

    /// <summary>[batch, channels, spatial…].</summary>
    ChannelsFirst,
}
