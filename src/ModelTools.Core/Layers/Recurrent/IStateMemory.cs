namespace ModelTools.Layers;

/// <summary>Keeps the states of recurrent layers from batch to batch.</summary>
/// <typeparam name="T">The implementation's tensor.</typeparam>
public interface IStateMemory<T>
    where T : class
{
    /// <summary>The states at the end of the last batch; null at the first one.</summary>
    /// <param name="layer">The weights of the layer, which stand for it.</param>
    IReadOnlyList<T>? Recall(WeightScope layer);

    /// <summary>Keeps the states at the end of a batch.</summary>
    /// <param name="layer">The weights of the layer, which stand for it.</param>
    /// <param name="states">The states, each [batch, size] (with spatial axes between them for convolutional cells).</param>
    void Keep(WeightScope layer, IReadOnlyList<T> states);
}
