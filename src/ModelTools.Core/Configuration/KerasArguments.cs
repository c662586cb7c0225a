using System.Collections;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Configuration;

/// <summary>Makes Keras objects from what a user types: class names and plain values, in the spellings that files have.</summary>
public static class KerasArguments
{
    private static readonly ReadContext Context = new(KerasDialect.Keras2);

    /// <summary>Makes an object of a class.</summary>
    /// <typeparam name="T">The kind of object: layer, optimizer, loss, metric …</typeparam>
    /// <param name="className">The class's name in any case, or another name that Keras has for it (<c>mse</c>).</param>
    /// <param name="arguments">Values by property name: of the property's type, or numbers, strings, truth values and arrays of them.</param>
    /// <exception cref="ModelToolsException">MT6006: no such class or word; MT6004: a value does not fit; MT3007: a value is missing.</exception>
    public static T Create<T>(string className, IReadOnlyDictionary<string, object?> arguments)
        where T : KerasObject
    {
        var schema = ObjectRegistry<T>.Find(className) ?? throw UnknownClass<T>(className);
        var values = new Dictionary<string, object?>();
        foreach (var (name, value) in arguments)
        {
            var property = schema.Properties.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new ModelToolsException(ErrorCode.UnknownName, $"{schema.ClassName} has no option '{name}'. It has {string.Join(", ", schema.Properties.Select(known => known.Name))}.");
            values.Add(property.Name, Convert(schema, property, value));
        }

        return (T)schema.Create(values);
    }

    /// <summary>The words that a property takes, for completion; none where any value is possible.</summary>
    public static IReadOnlyList<string> WordsFor(ConfigProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.Type) ?? property.Type;
        return type.IsEnum ? [.. Enum.GetValues(type).Cast<object>().Select(value => ConfigWords.Of(type, value))]
            : type == typeof(ActivationFunction) ? Activations.Names
            : type == typeof(Initializer) ? ClassNames<Initializer>()
            : type == typeof(Regularizer) ? ClassNames<Regularizer>()
            : type == typeof(Constraint) ? ClassNames<Constraint>()
            : type == typeof(Layer) ? ClassNames<Layer>()
            : type == typeof(LearningRateSchedule) ? ClassNames<LearningRateSchedule>()
            : [];
    }

    /// <summary>The class whose name is most like a word that names none; null if no name is like it.</summary>
    /// <typeparam name="T">The kind of object: layer, optimizer, loss, metric …</typeparam>
    public static string? Nearest<T>(string word)
        where T : KerasObject => Nearest(word, ClassNames<T>());

    private static string[] ClassNames<T>()
        where T : KerasObject => [.. ObjectRegistry<T>.All.Select(schema => schema.ClassName)];

    private static object? Convert(ObjectSchema schema, ConfigProperty property, object? value)
    {
        if (value is null ? property.IsNullable : property.Type.IsInstanceOfType(value))
        {
            return value;
        }

        object? read;
        try
        {
            read = ValueReader.Read(property, ToConfig(value), Context);
        }
        catch (ModelToolsException error) when (error.Code == ErrorCode.CorruptConfiguration)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"{schema.ClassName} cannot have {property.Name} = {value}: {error.Message}", error);
        }

        return read is UnknownActivation or UnknownInitializer or UnknownRegularizer or UnknownConstraint
            ? throw new ModelToolsException(ErrorCode.UnknownName, $"{schema.ClassName} knows no {property.Name} '{value}'. {Suggestion($"{value}", WordsFor(property))}")
            : read;
    }

    private static ConfigValue ToConfig(object? value) => value switch
    {
        null => ConfigNull.Value,
        string text => text,
        bool flag => flag,
        float or double or decimal => System.Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
        IConvertible number and not (char or DateTime) => System.Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture),
        IDictionary table => ConfigObject.Create(table.Keys.Cast<object>().Select(key => KeyValuePair.Create($"{key}", ToConfig(table[key])))),
        IEnumerable items => ConfigArray.Create(items.Cast<object?>().Select(ToConfig)),
        _ => $"{value}",
    };

    private static ModelToolsException UnknownClass<T>(string name)
        where T : KerasObject =>
        new(ErrorCode.UnknownName, $"There is no {typeof(T).Name.ToLowerInvariant()} '{name}'. {Suggestion(name, ClassNames<T>())}") { Location = name };

    private static string Suggestion(string name, IReadOnlyList<string> words) =>
        Nearest(name, words) is { } near ? $"Did you mean {near}?" : $"There are {string.Join(", ", words)}.";

    private static string? Nearest(string name, IReadOnlyList<string> words) =>
        words.Select(word => (Word: word, Distance: EditDistance(name, word))).Where(pair => pair.Distance <= Math.Max(2, name.Length / 3)).OrderBy(pair => pair.Distance).FirstOrDefault().Word;

    // Levenshtein's distance, without regard to case.
    private static int EditDistance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
