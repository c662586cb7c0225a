using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Objects;

namespace ModelTools.Configuration;

/// <summary>What the parts of one configuration have in common while it is read.</summary>
/// <param name="Dialect">The generation that wrote it.</param>
internal sealed record ReadContext(KerasDialect Dialect)
{
    private const int LongestName = 200;
    private const int LongestLocation = 1000;

    /// <summary>Limits for the file.</summary>
    public ModelReadLimits Limits { get; init; } = ModelReadLimits.Default;

    /// <summary>Takes what deserves a warning.</summary>
    public ICollection<ModelFinding> Findings { get; init; } = [];

    /// <summary>Where in the configuration the reader is: names of layers and keys, outermost first.</summary>
    public string Location { get; init; } = "";

    /// <summary>True inside of a layer that stands for an activation.</summary>
    public bool IsInActivation { get; init; }

    /// <summary>The same, one level further in.</summary>
    public ReadContext At(string name)
    {
        // Endless names would be copied at every level below them.
        var step = PlainText.Shortened(name, LongestName);
        return Location.Length > LongestLocation ? this : this with { Location = Location.Length == 0 ? step : $"{Location}.{step}" };
    }

    /// <summary>Notes something that deserves a warning.</summary>
    public void Warn(ErrorCode code, string message) => Findings.Add(new ModelFinding(code, message, Location));

    /// <summary>An error for a value that is not of the kind that is needed.</summary>
    public ModelToolsException Unexpected(ConfigValue value, string expected)
    {
        var text = value.ToJson();
        return Corrupt($"'{Location}' is {(text.Length <= 60 ? text : value.KindName)}; {expected} is expected.");
    }

    /// <summary>An error at this place.</summary>
    public ModelToolsException Corrupt(string message) => new(ErrorCode.CorruptConfiguration, message) { Location = Location };
}
