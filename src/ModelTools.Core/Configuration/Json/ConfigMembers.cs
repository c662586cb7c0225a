using ModelTools.Diagnostics;

namespace ModelTools.Configuration.Json;

/// <summary>Members of an object under the type that the reader needs; a wrong type is an error that names the member.</summary>
/// <remarks><c>Get…</c> demands the member; <c>Find…</c> gives null where it is missing or null.</remarks>
public static class ConfigMembers
{
    /// <summary>A member that is an object.</summary>
    /// <exception cref="ModelToolsException">MT1006: missing or of another kind.</exception>
    public static ConfigObject GetObject(this ConfigObject config, string key) => config.FindObject(key) ?? throw Missing(key);

    /// <inheritdoc cref="GetObject"/>
    /// <summary>A member that is an array.</summary>
    public static ConfigArray GetArray(this ConfigObject config, string key) => config.FindArray(key) ?? throw Missing(key);

    /// <inheritdoc cref="GetObject"/>
    /// <summary>A member that is a string.</summary>
    public static string GetString(this ConfigObject config, string key) => config.FindString(key) ?? throw Missing(key);

    /// <inheritdoc cref="GetObject"/>
    /// <summary>A member that is a whole number (<c>2.0</c> is one).</summary>
    public static long GetInt64(this ConfigObject config, string key) => config.FindInt64(key) ?? throw Missing(key);

    /// <inheritdoc cref="GetObject"/>
    /// <summary>A member that is a number.</summary>
    public static double GetDouble(this ConfigObject config, string key) => config.FindDouble(key) ?? throw Missing(key);

    /// <inheritdoc cref="GetObject"/>
    /// <summary>A member that is a boolean.</summary>
    public static bool GetBoolean(this ConfigObject config, string key) => config.FindBoolean(key) ?? throw Missing(key);

    /// <summary>A member that is an object, or null.</summary>
    /// <exception cref="ModelToolsException">MT1006: of another kind.</exception>
    public static ConfigObject? FindObject(this ConfigObject config, string key) => Find<ConfigObject>(config, key, "an object");

    /// <inheritdoc cref="FindObject"/>
    /// <summary>A member that is an array, or null.</summary>
    public static ConfigArray? FindArray(this ConfigObject config, string key) => Find<ConfigArray>(config, key, "an array");

    /// <inheritdoc cref="FindObject"/>
    /// <summary>A member that is a string, or null.</summary>
    public static string? FindString(this ConfigObject config, string key) => Find<ConfigString>(config, key, "a string")?.Value;

    /// <inheritdoc cref="FindObject"/>
    /// <summary>A member that is a whole number (<c>2.0</c> is one), or null.</summary>
    public static long? FindInt64(this ConfigObject config, string key) => Find<ConfigNumber>(config, key, "an integer") switch
    {
        null => null,
        var number when number.TryGetInt64(out var value) => value,
        var number => throw new ModelToolsException(ErrorCode.CorruptConfiguration, $"The member '{key}' is {number.Text}; an integer is expected.") { Location = key },
    };

    /// <inheritdoc cref="FindObject"/>
    /// <summary>A member that is a number, or null.</summary>
    public static double? FindDouble(this ConfigObject config, string key) => Find<ConfigNumber>(config, key, "a number")?.ToDouble();

    /// <inheritdoc cref="FindObject"/>
    /// <summary>A member that is a boolean, or null.</summary>
    public static bool? FindBoolean(this ConfigObject config, string key) => Find<ConfigBoolean>(config, key, "a boolean")?.Value;

    private static T? Find<T>(ConfigObject config, string key, string expected)
        where T : ConfigValue => config.Find(key) switch
        {
            null or ConfigNull => null,
            T value => value,
            var other => throw new ModelToolsException(ErrorCode.CorruptConfiguration, $"The member '{key}' is {other.KindName}; {expected} is expected.") { Location = key },
        };

    private static ModelToolsException Missing(string key) =>
        new(ErrorCode.CorruptConfiguration, $"The member '{key}' is missing.") { Location = key };
}
