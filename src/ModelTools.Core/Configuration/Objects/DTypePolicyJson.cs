using ModelTools.Configuration.Json;
using ModelTools.Layers;

namespace ModelTools.Configuration;

/// <summary>The spellings of a dtype policy: a name, Keras 2's <c>Policy</c>, Keras 3's <c>DTypePolicy</c> and those of quantised layers.</summary>
internal static class DTypePolicyJson
{
    /// <summary>Reads any spelling.</summary>
    public static DTypePolicy Read(ConfigValue value, ReadContext context)
    {
        switch (value)
        {
            case ConfigString name:
                return new DTypePolicy(name.Value);
            case ConfigObject policy when policy.FindObject("config") is { } config:
                if (config.FindString("name") is { } plain)
                {
                    return new DTypePolicy(plain);
                }

                // Keras's own name for a quantised policy, which its readers take in place of the object.
                if (config.FindString("mode") is { } mode)
                {
                    return new DTypePolicy($"{mode}_from_{config.FindString("source_name") ?? "float32"}");
                }

                return config.Find("default_policy") is { } fallback and not ConfigNull ? Read(fallback, context) : DTypePolicy.Float32;
            default:
                throw context.Unexpected(value, "a type or policy");
        }
    }

    /// <summary>Writes a policy as its name, which every Keras reads.</summary>
    public static ConfigValue Write(DTypePolicy policy) => policy.Name;
}
