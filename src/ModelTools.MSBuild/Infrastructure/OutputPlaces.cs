using ModelTools.Diagnostics;

namespace ModelTools.MSBuild;

/// <summary>Places that outputs go to: each belongs to one thing, and a second one would quietly replace the first.</summary>
/// <param name="setting">What to change on one of two items that want the same place.</param>
internal sealed class OutputPlaces(string setting)
{
    private readonly Dictionary<string, string> _owners = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a place.</summary>
    /// <param name="place">Where.</param>
    /// <param name="thing">What goes there.</param>
    /// <param name="model">The model it is about.</param>
    /// <returns>Whether it was free; otherwise the same thing has it, since a model may be listed several times.</returns>
    /// <exception cref="ModelToolsException">MT6004: it belongs to something else.</exception>
    public bool Take(string place, string thing, string model)
    {
        if (_owners.TryAdd(place, thing))
        {
            return true;
        }

        return _owners[place] == thing ? false : throw new ModelToolsException(ErrorCode.InvalidArgument, $"Two models would become '{place}'.")
        {
            Path = model,
            Advice = $"Give one of them another {setting}.",
        };
    }
}
