using ModelTools.Tensors;

namespace ModelTools.Formats.KerasH5;

/// <summary>Joins the weights that Keras 1 kept for each gate of a recurrent layer.</summary>
internal static class Keras1Weights
{
    private static readonly (string Class, int Count, int[][] Parts)[] Layouts =
    [
        ("GRU", 9, [[0, 3, 6], [1, 4, 7], [2, 5, 8]]),
        ("LSTM", 12, [[0, 6, 3, 9], [1, 7, 4, 10], [2, 8, 5, 11]]),
        ("ConvLSTM2D", 12, [[0, 6, 3, 9], [1, 7, 4, 10], [2, 8, 5, 11]]),
    ];

    /// <summary>Kernel, recurrent kernel and bias of today; the weights as they are for other layers.</summary>
    public static IReadOnlyList<StoredWeight> Join(string className, IReadOnlyList<StoredWeight> weights)
    {
        var layout = Array.Find(Layouts, layout => layout.Class == className && layout.Count == weights.Count);
        return layout.Parts is null
            ? weights
            : [.. layout.Parts.Select(part => weights[part[0]] with { Value = part.Select(place => weights[place].Value).ToList().JoinedOnLastAxis() })];
    }
}
