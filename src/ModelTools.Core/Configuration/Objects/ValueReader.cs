using System.Collections.Immutable;
using ModelTools.Configuration.Json;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Configuration;

/// <summary>Turns JSON values into values of the types that properties of Keras objects have.</summary>
internal static class ValueReader
{
    private const string TupleClass = "__tuple__";

    /// <summary>Reads the value of a property; JSON's null means null where that is allowed, else Keras's default.</summary>
    /// <exception cref="Diagnostics.ModelToolsException">MT1006: the value is not of the property's kind.</exception>
    public static object? Read(ConfigProperty property, ConfigValue value, ReadContext context) =>
        value is ConfigNumber number && property.Key == "seed" ? ReadSeed(number, context.At(property.Key))
        : value is not ConfigNull ? Read(property.Type, value, context.At(property.Key))
        : property.IsNullable ? null
        : property.IsRequired ? ReadMissing(property, context.At(property.Key)) : property.Default;

    /// <summary>Reads a list of dimensions; null ones are open.</summary>
    public static Shape ReadShape(ConfigValue value, ReadContext context)
    {
        var items = Items(value) ?? throw context.Unexpected(value, "a shape");
        return Shape.Create([.. items.Select(item => item is ConfigNull ? Shape.Unknown : ReadInt64(item, context))]);
    }

    /// <summary>Reads a list of dimensions, or gives null for anything else.</summary>
    public static Shape? TryShape(ConfigValue? value) => value is not null && Items(value) is { } items && items.All(item => item is ConfigNull || (item is ConfigNumber number && number.TryGetInt64(out _)))
        ? Shape.Create([.. items.Select(item => item is ConfigNumber number && number.TryGetInt64(out var size) ? size : Shape.Unknown)])
        : null;

    /// <summary>The items of a list, also of Keras's ways to write a tuple; null if the value is no list.</summary>
    public static ConfigArray? Items(ConfigValue value) => value switch
    {
        ConfigArray array => array,
        ConfigObject tagged when tagged.Find("class_name") is ConfigString { Value: TupleClass or "TensorShape" } => tagged.FindArray("items"),
        _ => null,
    };

    // Keras takes no function for the one that changes nothing; nothing else can be left open.
    private static ActivationFunction ReadMissing(ConfigProperty property, ReadContext context) =>
        property.Type == typeof(ActivationFunction) ? Activations.Linear : throw context.Unexpected(ConfigNull.Value, "a value");

    private static object? Read(Type type, ConfigValue value, ReadContext context)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (ObjectKind.Of(type) is { } kind)
        {
            var read = ObjectReader.Read(kind, value, context);
            return type.IsInstanceOfType(read) ? read : throw context.Unexpected(value, $"a {type.Name}");
        }

        return type switch
        {
            _ when type == typeof(int) => ReadSize(Single(value), context),
            _ when type == typeof(long) => ReadInt64(Single(value), context),
            _ when type == typeof(double) => ReadDouble(Single(value), context),
            _ when type == typeof(bool) => ReadBoolean(value, context),
            _ when type == typeof(string) => value is ConfigString text ? text.Value : throw context.Unexpected(value, "a string"),
            _ when type.IsEnum && type != typeof(DType) => ReadWord(type, value, context),
            _ when type == typeof(DType) => ReadDType(value, context),
            _ when type == typeof(DTypePolicy) => DTypePolicyJson.Read(value, context),
            _ when type == typeof(Shape) => ReadShape(value, context),
            _ when type == typeof(IntegerList) => ReadIntegers(value, context),
            _ when type == typeof(NumberList) => ReadNumbers(value, context),
            _ when type == typeof(Borders) => ReadBorders(value, context),
            _ when type == typeof(ActivationFunction) => ActivationJson.Read(value, context),
            _ when ElementType(type) is { } element => ReadList(type, element, value, context),
            _ => throw new InvalidOperationException($"Properties of the type {type.Name} have no form in JSON."),
        };
    }

    // Keras writes some single numbers as lists of one (axis of BatchNormalization).
    private static ConfigValue Single(ConfigValue value) => Items(value) is [var only] ? only : value;

    private static long ReadInt64(ConfigValue value, ReadContext context) =>
        value is ConfigNumber number && number.TryGetInt64(out var result) ? result : throw context.Unexpected(value, "an integer");

    private static double ReadDouble(ConfigValue value, ReadContext context) => value switch
    {
        ConfigNumber number => number.ToDouble(),
        ConfigObject tagged when TaggedValue(tagged) is { } inner => ReadDouble(inner, context),
        _ => throw context.Unexpected(value, "a number"),
    };

    private static bool ReadBoolean(ConfigValue value, ReadContext context) => value switch
    {
        ConfigBoolean boolean => boolean.Value,
        ConfigNumber number when number.TryGetInt64(out var flag) && flag is 0 or 1 => flag == 1,
        _ => throw context.Unexpected(value, "true or false"),
    };

    private static object ReadWord(Type type, ConfigValue value, ReadContext context)
    {
        var word = value is ConfigString text ? text.Value : throw context.Unexpected(value, "one of " + ConfigWords.List(type));
        return ConfigWords.Find(type, word) ?? throw context.Unexpected(value, "one of " + ConfigWords.List(type));
    }

    private static DType ReadDType(ConfigValue value, ReadContext context) =>
        DTypePolicyJson.Read(value, context) is var policy && DTypes.TryParse(policy.Name, out var dtype) ? dtype : throw context.Unexpected(value, "the name of a type");

    private static IntegerList ReadIntegers(ConfigValue value, ReadContext context) => Items(value) is { } items
        ? IntegerList.Create([.. items.SelectMany(item => Items(item) ?? [item]).Select(item => ReadSize(item, context))])
        : ReadSize(value, context);

    private static NumberList ReadNumbers(ConfigValue value, ReadContext context)
    {
        if (value is ConfigObject tagged && TaggedValue(tagged) is { } inner)
        {
            return ReadNumbers(inner, context);
        }

        return Items(value) is { } items ? NumberList.Create([.. Flatten(items).Select(item => ReadDouble(item, context))]) : ReadDouble(value, context);
    }

    private static Borders ReadBorders(ConfigValue value, ReadContext context)
    {
        if (Items(value) is not { } items)
        {
            return ReadSize(value, context);
        }

        return items.Count > 0 && items.All(item => Items(item) is { Count: 2 })
            ? Borders.FromPairs([.. items.Select(item => (ReadSize(Items(item)![0], context), ReadSize(Items(item)![1], context)))])
            : Borders.FromNumbers([.. items.Select(item => ReadSize(item, context))]);
    }

    // Seeds may be of any size: they choose among numbers of which none is the right one.
    private static int ReadSeed(ConfigNumber value, ReadContext context) => (int)Math.Clamp(ReadInt64(value, context), int.MinValue, int.MaxValue);

    private static int ReadSize(ConfigValue value, ReadContext context) => ReadInt64(value, context) switch
    {
        >= int.MinValue and <= int.MaxValue and var size => (int)size,
        _ => throw context.Unexpected(value, $"an integer of at most {int.MaxValue}"),
    };

    private static IEnumerable<ConfigValue> Flatten(ConfigArray items) => items.SelectMany(item => Items(item) is { } inner ? Flatten(inner) : [item]);

    private static ConfigValue? TaggedValue(ConfigObject tagged) => tagged.Find("class_name") is ConfigString { Value: "__tensor__" or "__numpy__" }
        ? tagged.FindObject("config")?.Find("value")
        : null;

    private static Type? ElementType(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(IReadOnlyList<>) || open == typeof(ImmutableArray<>)) ? type.GetGenericArguments()[0]
        : null;

    private static object ReadList(Type type, Type element, ConfigValue value, ReadContext context)
    {
        var items = Items(value) ?? throw context.Unexpected(value, "a list");
        var array = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            array.SetValue(items[i] is ConfigNull ? null : Read(element, items[i], context.At($"[{i}]")), i);
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
            ? typeof(ImmutableArray).GetMethods().Single(method => method.Name == nameof(ImmutableArray.Create) && method.GetParameters() is [{ ParameterType.IsArray: true }]).MakeGenericMethod(element).Invoke(null, [array])!
            : array;
    }
}
