using System.Collections;
using System.Management.Automation;
using ModelTools.Configuration;
using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Parameters;

/// <summary>Turns what a user passes to Set-ModelTraining into a training configuration.</summary>
internal static class TrainingArguments
{
    private static readonly HashSet<string> AnyTarget = new(["accuracy", "acc", "crossentropy", "ce"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the configuration.</summary>
    /// <exception cref="ModelToolsException">MT6006: a name is not known; MT6004: a value is of no use here.</exception>
    public static TrainingConfiguration Create(object optimizer, object? loss, object? metrics, object? lossWeights) => new()
    {
        Optimizer = Object<Optimizer>(optimizer),
        Loss = Outputs(loss, item => Named<Loss>(item, name => new NamedLoss(name))),
        Metrics = Metrics(metrics),
        LossWeights = Outputs(lossWeights, item => (double?)LanguagePrimitives.ConvertTo<double>(item)),
    };

    // A list of metrics belongs to every output; a hashtable gives each output its own.
    private static PerOutput<IReadOnlyList<Metric>>? Metrics(object? value) => Plain(value) switch
    {
        null => null,
        IDictionary table => PerOutput<IReadOnlyList<Metric>>.ByName(Entries(table).Select(entry => KeyValuePair.Create(entry.Key, (IReadOnlyList<Metric>?)List(entry.Value)))),
        var other => PerOutput<IReadOnlyList<Metric>>.Of(List(other)),
    };

    private static List<Metric> List(object? value) => [.. (Plain(value) is object[] several ? several : [value!]).Select(item => Named<Metric>(item, name => new NamedMetric(name)))];

    private static PerOutput<TItem>? Outputs<TItem>(object? value, Func<object, TItem> read) => Plain(value) switch
    {
        null => null,
        IDictionary table => PerOutput<TItem>.ByName(Entries(table).Select(entry => KeyValuePair.Create(entry.Key, entry.Value is null ? default : read(entry.Value)))),
        object[] several => PerOutput<TItem>.List(several.Select(item => item is null ? default : read(item))),
        var single => PerOutput<TItem>.Of(read(single)),
    };

    private static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary table) =>
        table.Keys.Cast<object>().Select(key => KeyValuePair.Create(key.ToString()!, table[key]));

    // A loss or metric that is given by name stays a name, as in Keras: what "accuracy" means is decided by the data.
    private static T Named<T>(object value, Func<string, T> byName)
        where T : KerasObject =>
        Plain(value) is not string name ? Object<T>(value)
        : AnyTarget.TryGetValue(name, out var word) ? byName(word)
        : byName(Keep(name, Object<T>(name)));

    // "mae" stays "mae" in logs and files, as in Keras; a class's name becomes that of its function.
    private static string Keep(string name, KerasObject known) =>
        name.Equals(known.ClassName, StringComparison.OrdinalIgnoreCase) ? SnakeCase.Of(known.ClassName) : name.ToLowerInvariant();

    private static T Object<T>(object value)
        where T : KerasObject => Plain(value) switch
        {
            T ready => ready,
            string name => KerasArguments.Create<T>(name, new Dictionary<string, object?>()),
            var other => throw new ModelToolsException(ErrorCode.InvalidArgument, $"A {other?.GetType().Name} is given where {typeof(T).Name.ToLowerInvariant()}s are named or made."),
        };

    private static object? Plain(object? value) => value is PSObject { BaseObject: var inner } && inner is not PSCustomObject ? inner : value;
}
