using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Moves the axis of the channels.</summary>
internal static class ChannelOrder
{
    /// <summary>[batch, channels, spatial…] to [batch, spatial…, channels].</summary>
    public static T ToChannelsLast<T>(this IOperators<T> op, T x)
        where T : class => op.Transpose(x, [0, .. Enumerable.Range(2, op.RankOf(x) - 2), 1]);

    /// <summary>[batch, spatial…, channels] to [batch, channels, spatial…].</summary>
    public static T ToChannelsFirst<T>(this IOperators<T> op, T x)
        where T : class => op.RankOf(x) < 3 ? x : op.Transpose(x, [0, op.RankOf(x) - 1, .. Enumerable.Range(1, op.RankOf(x) - 2)]);
}
