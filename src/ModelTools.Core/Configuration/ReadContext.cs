using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Objects;

namespace ModelTools.Configuration;

/// <summary>What the parts of one configuration have in common while it is read.</summary>
/// <param name="Dialect">The generation that wrote it.</param>
internal sealed record ReadContext(KerasDialect Dialect)
{
    /// <summary>Limits for the file.</summary>
    public ModelReadLimits Limits { get; init; } = ModelReadLimits.Default;

    /// <summary>Takes what deserves a warning.</summary>
    public ICollection<ModelFinding> Findings { get; init; } = [];

    /// <summary>Where in the configuration the reader is: names of layers and keys, outermost first.</summary>
    public string Location { get; init; } = "";

    /// <summary>The same, one level further in.</summary>
    public ReadContext At(string name) => this with { Location = Location.Length == 0 ? name : $"{Location}.{name}" };

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
