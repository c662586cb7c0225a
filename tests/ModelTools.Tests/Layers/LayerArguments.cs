using System.Globalization;
using System.Text.Json;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Tests.Layers;

/// <summary>Makes layers from the arguments that the recording script gave to Keras.</summary>
internal static class LayerArguments
{
    public static Layer Make(string className, JsonElement arguments, KerasDialect dialect)
    {
        var schema = ObjectRegistry<Layer>.Find(className) ?? throw new InvalidOperationException($"There is no layer {className}.");
        var values = new Dictionary<string, object?>();
        foreach (var argument in arguments.EnumerateObject())
        {
            var property = schema.Properties.SingleOrDefault(property => property.KeyIn(dialect) == argument.Name || property.Aliases.Contains(argument.Name))
                ?? throw new InvalidOperationException($"{className} has no option {argument.Name}.");
            values[property.Name] = Convert(argument.Value, property.Type, dialect);
        }

        return (Layer)schema.Create(values);
    }

    private static object? Convert(JsonElement value, Type type, KerasDialect dialect)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        if (type.IsEnum)
        {
            return Enum.Parse(type, value.GetString()!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        }

        return type switch
        {
            _ when type == typeof(int) => value.GetInt32(),
            _ when type == typeof(double) => value.GetDouble(),
            _ when type == typeof(bool) => value.GetBoolean(),
            _ when type == typeof(string) => value.GetString(),
            _ when type == typeof(ActivationFunction) => Activations.Find(value.GetString()!, dialect),
            _ when type == typeof(IntegerList) => value.ValueKind is JsonValueKind.Number ? IntegerList.FromInt32(value.GetInt32()) : IntegerList.Create([.. value.EnumerateArray().Select(item => item.GetInt32())]),
            _ when type == typeof(NumberList) => value.ValueKind is JsonValueKind.Number ? NumberList.FromDouble(value.GetDouble()) : NumberList.Create([.. value.EnumerateArray().Select(item => item.GetDouble())]),
            _ when type == typeof(Shape) => ShapeOf(value),
            _ when type == typeof(Borders) => BordersOf(value),
            _ when type == typeof(Layer) => Nested(value, dialect),
            _ when type == typeof(IReadOnlyList<Layer>) => value.EnumerateArray().Select(item => Nested(item, dialect)).ToArray(),
            _ => throw new NotSupportedException(type.Name),
        };
    }

    public static Shape ShapeOf(JsonElement value) => [.. value.EnumerateArray().Select(item => item.ValueKind is JsonValueKind.Null ? Shape.Unknown : item.GetInt64())];

    private static Layer Nested(JsonElement value, KerasDialect dialect) => Make(value[0].GetString()!, value[1], dialect);

    private static Borders BordersOf(JsonElement value) => value switch
    {
        { ValueKind: JsonValueKind.Number } => Borders.FromInt32(value.GetInt32()),
        _ when value[0].ValueKind is JsonValueKind.Number => Borders.FromNumbers([.. value.EnumerateArray().Select(item => item.GetInt32())]),
        _ => Borders.FromPairs([.. value.EnumerateArray().Select(pair => (pair[0].GetInt32(), pair[1].GetInt32()))]),
    };

    /// <summary>A property's value as Keras writes it.</summary>
    public static string Json(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        double number => ((float)number).ToString(CultureInfo.InvariantCulture),
        string text => $"\"{text}\"",
        ActivationFunction function => $"\"{function.Name}\"",
        Enum choice => $"\"{SnakeCase.Of(choice.ToString())}\"",
        IntegerList list => list.IsSingle ? Json(list[0]) : $"[{string.Join(",", list.Select(item => Json(item)))}]",
        NumberList list => list.IsSingle ? Json(list[0]) : $"[{string.Join(",", list.Select(item => Json(item)))}]",
        Shape shape => $"[{string.Join(",", shape.Select(extent => extent < 0 ? "null" : Json((int)extent)))}]",
        Borders { Count: 1 } borders => $"[{borders[0].Before},{borders[0].After}]",
        Borders borders => $"[{string.Join(",", borders.Select(pair => $"[{pair.Before},{pair.After}]"))}]",
        KerasObject part => part.ClassName,
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    /// <summary>A value of a recorded configuration in the same form.</summary>
    public static string Json(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => Json(value.GetDouble()),
        JsonValueKind.Array => $"[{string.Join(",", value.EnumerateArray().Select(Json))}]",
        JsonValueKind.Object when value.TryGetProperty("class_name", out var name) => name.GetString()!,
        JsonValueKind.String => double.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var number) ? Json(number) : $"\"{value.GetString()}\"",
        _ => value.GetRawText(),
    };
}
