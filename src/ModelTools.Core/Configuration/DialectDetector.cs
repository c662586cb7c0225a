using ModelTools.Configuration.Json;
using ModelTools.Objects;

namespace ModelTools.Configuration;

/// <summary>Tells which generation wrote a configuration that stands alone.</summary>
internal static class DialectDetector
{
    /// <summary>By the version it names, else by the first member that only one generation writes; Keras 2 where there is none.</summary>
    public static KerasDialect Detect(ConfigObject serialised) => serialised.Find("keras_version") is ConfigString version
        ? OfVersion(version.Value)
        : Clue(serialised) ?? KerasDialect.Keras2;

    /// <summary>The generation of a version such as <c>2.3.0-tf</c>.</summary>
    public static KerasDialect OfVersion(string version) => version.Length > 0 && version[0] >= '3' && char.IsAsciiDigit(version[0]) ? KerasDialect.Keras3 : KerasDialect.Keras2;

    private static KerasDialect? Clue(ConfigValue value)
    {
        switch (value)
        {
            case ConfigArray items:
                return items.Select(Clue).FirstOrDefault(clue => clue is not null);
            case ConfigObject config when config.ContainsKey("batch_input_shape"):
                return KerasDialect.Keras2;
            case ConfigObject config when config.ContainsKey("batch_shape") || config.ContainsKey("keras_history") || config.Find("class_name") is ConfigString { Value: "DTypePolicy" }:
                return KerasDialect.Keras3;
            case ConfigObject config:
                return config.Values.Select(Clue).FirstOrDefault(clue => clue is not null);
            default:
                return null;
        }
    }
}
