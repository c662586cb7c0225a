using ModelTools.Layers;

namespace ModelTools.Formats.KerasH5;

/// <summary>The order of a layer's stored weights.</summary>
/// <remarks>
/// Keras stores trainable weights before the others and loads by position. A file that was written while other layers were frozen has another order, and weights
/// of the same shape would change places without a word. So the names decide wherever all of them are found again; else the position does.
/// </remarks>
internal static class WeightOrder
{
    /// <summary>For each variable the place of its tensor.</summary>
    public static int[] Find(IReadOnlyList<Variable> variables, IReadOnlyList<StoredWeight> stored)
    {
        var byPosition = Enumerable.Range(0, variables.Count).ToArray();
        return byPosition.All(place => Names(variables[place], stored[place].Name)) ? byPosition : ByName(variables, stored) ?? byPosition;
    }

    private static int[]? ByName(IReadOnlyList<Variable> variables, IReadOnlyList<StoredWeight> stored)
    {
        var order = new int[variables.Count];
        var isTaken = new bool[stored.Count];
        for (var i = 0; i < variables.Count; i++)
        {
            var places = Enumerable.Range(0, stored.Count).Where(place => !isTaken[place] && Names(variables[i], stored[place].Name)).ToList();
            if (places is not [var place] || !stored[place].Value.Shape.Equals(variables[i].Shape))
            {
                return null;
            }

            order[i] = place;
            isTaken[place] = true;
        }

        return order;
    }

    // Keras 3 puts the names of the models in front.
    private static bool Names(Variable variable, string stored) =>
        stored == variable.FullName || stored.EndsWith("/" + variable.FullName, StringComparison.Ordinal);
}
