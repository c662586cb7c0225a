using System.Reflection;
using System.Text.Json.Nodes;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Tests.Training;

/// <summary>Makes objects from the flat configs of the recorded cases, by their schemas.</summary>
internal static class FixtureObjects
{
    /// <summary>Makes an object; keys that the class does not have must be among <paramref name="ignored"/>.</summary>
    public static T Create<T>(string className, JsonObject config, KerasDialect dialect, params string[] ignored)
        where T : KerasObject
    {
        var schema = ObjectRegistry<T>.Find(className);
        Assert.True(schema is not null, $"{className} is not known");
        var values = new Dictionary<string, object?>();
        foreach (var (key, node) in config)
        {
            var property = schema.Properties.FirstOrDefault(known => known.KeyIn(dialect) == key || known.Aliases.Contains(key));
            if (property is null)
            {
                Assert.True(ignored.Contains(key), $"{className} has no {key}");
                continue;
            }

            values[property.Name] = Convert(node, property.Type, dialect);
        }

        return (T)schema.Create(values);
    }

    private static object? Convert(JsonNode? node, Type type, KerasDialect dialect)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return node switch
        {
            null => null,
            _ when type == typeof(double) => node.GetValue<double>(),
            _ when type == typeof(DType) => DTypes.TryParse(node.GetValue<string>(), out var dtype) ? dtype : DType.Int32,
            _ when type == typeof(int) => (int)node.GetValue<double>(),
            _ when type == typeof(bool) => node.GetValue<bool>(),
            _ when type == typeof(string) => node.GetValue<string>(),
            _ when type.IsEnum => Member(type, node.GetValue<string>()),
            _ when type == typeof(IReadOnlyList<double>) => Items(node).Select(item => item!.GetValue<double>()).ToArray(),
            _ when type == typeof(IReadOnlyList<string>) => Items(node).Select(item => item!.GetValue<string>()).ToArray(),
            _ when type == typeof(IReadOnlyList<int>) => Items(node).Select(item => (int)item!.GetValue<double>()).ToArray(),
            JsonValue when type == typeof(LearningRateSchedule) => LearningRateSchedule.FromDouble(node.GetValue<double>()),
            JsonObject nested when type == typeof(LearningRateSchedule) => Create<LearningRateSchedule>(nested["class_name"]!.GetValue<string>(), nested["config"]!.AsObject(), dialect),
            JsonObject nested when type == typeof(Optimizer) => Create<Optimizer>(nested["class_name"]!.GetValue<string>(), nested["config"]!.AsObject(), dialect),
            _ => throw new NotSupportedException($"A value for {type.Name}"),
        };
    }

    private static object Member(Type type, string text) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Single(field => field.GetCustomAttribute<ConfigTextAttribute>() is { } named ? named.Text == text || named.Aliases.Contains(text) : SnakeCase.Of(field.Name) == text)
        .GetValue(null)!;

    private static IEnumerable<JsonNode?> Items(JsonNode node) =>
        node is JsonArray array ? array : new List<JsonNode?> { node };
}
