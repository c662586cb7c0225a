using System.Globalization;
using ModelTools.Diagnostics;

namespace ModelTools.Formats.WeightsH5;

/// <summary>Pairs the members of a list of layers with the groups of a file.</summary>
/// <remarks>
/// Names in a list are the class and a number: <c>dense</c>, <c>dense_1</c>. Keras 3 counts every layer, Keras 2.15 those that were not saved before; Keras 2.12
/// and 2.13 gave a number to each layer with weights twice. So members that are not all found by their numbers are paired class by class in the order of the numbers.
/// </remarks>
internal static class ListPairing
{
    /// <summary>Pairs by class and number.</summary>
    /// <param name="list">The list in the model.</param>
    /// <param name="stored">The list in the file, or null.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="isLenient">Leave members without a partner instead of failing.</param>
    /// <exception cref="ModelToolsException">MT3001: the file has another number of layers of a class.</exception>
    public static IEnumerable<(WeightNode Member, StoredObject? Stored)> ByPlace(WeightNode list, StoredObject? stored, string path, bool isLenient)
    {
        var places = list.Children.Zip(WeightTree.Number(list.Children, countsRepeated: true), WeightTree.Number(list.Children, countsRepeated: false));
        foreach (var family in places.Where(place => !place.First.IsRepeated && place.First.All.Any()).GroupBy(place => place.First.Edge).ToList())
        {
            var members = family.ToList();
            var found = new[] { members.Select(place => place.Second), members.Select(place => place.Third) }
                .Select(names => names.Select(name => stored?.Child(name)).ToList())
                .FirstOrDefault(groups => groups.TrueForAll(group => group is { HasVariables: true }));
            if (found is null)
            {
                var groups = Family(stored, family.Key);
                if (groups.Count != members.Count && !isLenient)
                {
                    throw Count(list, [.. members.Select(place => place.First)], groups, path);
                }

                found = groups.Count == members.Count ? [.. groups] : [.. members.Select(place => stored?.Child(place.Second))];
            }

            for (var i = 0; i < members.Count; i++)
            {
                yield return (members[i].First, found[i]);
            }
        }
    }

    /// <summary>Pairs by the names of the layers, which Keras 3 keeps since 3.6.</summary>
    /// <exception cref="ModelToolsException">MT4002: the file does not name its layers.</exception>
    public static IEnumerable<(WeightNode Member, StoredObject? Stored)> ByName(WeightNode list, StoredObject? stored, string path)
    {
        var groups = stored?.Children.Values.Where(group => group.HasVariables).ToList() ?? [];
        var named = groups.Where(group => group.Name is not null).GroupBy(group => group.Name!).ToDictionary(group => group.Key, group => group.First());
        return groups.Count > 0 && named.Count == 0
            ? throw new ModelToolsException(ErrorCode.UnsupportedOption, "The file does not hold the names of its layers, so that they cannot be found by name.") { Path = path, Location = stored!.Path }
            : list.Children.Where(member => !member.IsRepeated && member.All.Any()).Select(member => (member, named.GetValueOrDefault(member.Name)));
    }

    // The groups of one class that hold variables, in the order of their numbers.
    private static List<StoredObject> Family(StoredObject? stored, string edge) =>
        [.. (stored?.Children ?? new Dictionary<string, StoredObject>())
            .Select(child => (Number: NumberOf(child.Key, edge), Group: child.Value))
            .Where(child => child.Number >= 0 && child.Group.HasVariables)
            .OrderBy(child => child.Number).Select(child => child.Group)];

    private static int NumberOf(string name, string edge) => name == edge ? 0
        : name.Length > edge.Length + 1 && name.StartsWith(edge, StringComparison.Ordinal) && name[edge.Length] == '_' && int.TryParse(name.AsSpan(edge.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : -1;

    private static ModelToolsException Count(WeightNode list, IReadOnlyList<WeightNode> members, IReadOnlyList<StoredObject> groups, string path) =>
        new(ErrorCode.LayerCountMismatch,
            $"{char.ToUpperInvariant(list.Title[0])}{list.Title[1..]} has {members.Count} layers of the kind '{members[0].Edge}' with weights ({string.Join(", ", members.Select(member => member.Name))}); the file has {groups.Count} ({string.Join(", ", groups.Select(group => group.Name ?? group.Path).DefaultIfEmpty("none"))}).")
        {
            Path = path,
            Location = list.Layer,
            Advice = "Make the model with the layers it was trained with, or pass -SkipMismatch to leave those that the file does not have as they are.",
        };
}
