using System.Collections.Immutable;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Configuration;

/// <summary>Reads training configurations of all generations. What it cannot read it reports and leaves out: weights and structure do not depend on it.</summary>
internal static class TrainingReader
{
    private static readonly string[] KnownMembers = ["optimizer", "optimizer_config", "loss", "loss_weights", "metrics", "weighted_metrics"];

    /// <summary>Reads <c>training_config</c> or <c>compile_config</c>; null where there is nothing in it.</summary>
    public static TrainingConfiguration? Read(ConfigValue value, ReadContext context)
    {
        if (value is not ConfigObject { Count: > 0 } config)
        {
            return null;
        }

        var optimizer = config.Find("optimizer_config") ?? config.Find("optimizer");
        var training = new TrainingConfiguration
        {
            Optimizer = optimizer is null or ConfigNull ? null : Try(() => ReadOptimizer(optimizer, context.At("optimizer")), context),
            Loss = Try(() => ReadPerOutput(config.Find("loss"), context.At("loss"), ReadLoss), context),
            LossWeights = Try(() => ReadPerOutput<double?>(config.Find("loss_weights"), context.At("loss_weights"), ReadNumber), context),
            Metrics = Try(() => ReadMetrics(config.Find("metrics"), context.At("metrics")), context),
            WeightedMetrics = Try(() => ReadMetrics(config.Find("weighted_metrics"), context.At("weighted_metrics")), context),
            UnknownMembers = config.Where(member => !KnownMembers.Contains(member.Key)).ToImmutableSortedDictionary(member => member.Key, member => member.Value.ToJson(), StringComparer.Ordinal),
        };
        return training.For(context.Dialect);
    }

    private static Optimizer ReadOptimizer(ConfigValue value, ReadContext context)
    {
        var optimizer = (Optimizer)ObjectReader.Read(ObjectKind.Of(typeof(Optimizer))!, value, context);
        return optimizer with { Generation = GenerationOf(value, context.Dialect) };
    }

    // Archives tell older classes by their module. In other files an optimizer without the two members, which tf.keras 2.11 began to write, is of an older class, unless only its name is given.
    private static OptimizerGeneration GenerationOf(ConfigValue value, KerasDialect dialect)
    {
        if (dialect is KerasDialect.Keras3)
        {
            return OptimizerGeneration.Keras3;
        }

        var config = (value as ConfigObject)?.Find("config") as ConfigObject;
        if (config?.Find("inner_optimizer") is ConfigObject inner)
        {
            return GenerationOf(inner, dialect);
        }

        var isPublic = (value as ConfigObject)?.Find("module") is ConfigString { Value: "keras.optimizers" };
        var isLegacy = config is not null && !isPublic && (config.Find("is_legacy_optimizer") is ConfigBoolean flag ? flag.Value : config.Count > 0 && !config.ContainsKey("jit_compile") && !config.ContainsKey("use_ema"));
        return isLegacy ? OptimizerGeneration.Keras2Legacy : OptimizerGeneration.Keras2;
    }

    private static Loss? ReadLoss(ConfigValue value, ReadContext context)
    {
        switch (value)
        {
            case ConfigString name:
                return new NamedLoss(name.Value);
            case ConfigArray { Count: 1 } single:
                return ReadLoss(single[0], context);
            case ConfigObject config when FunctionName(config) is { } function:
                return new NamedLoss(function);
            case ConfigObject config:
                return (Loss)ObjectReader.Read(ObjectKind.Of(typeof(Loss))!, WithoutFunction(config), context);
            default:
                throw context.Unexpected(value, "a loss");
        }
    }

    private static PerOutput<IReadOnlyList<Metric>>? ReadMetrics(ConfigValue? value, ReadContext context)
    {
        // A list of metrics serves every output; a list of lists has one for each.
        if (value is ConfigArray list && !list.Any(item => item is ConfigArray or ConfigNull))
        {
            return PerOutput<IReadOnlyList<Metric>>.Of(ReadMetricList(list, context)!);
        }

        return value is ConfigArray { Count: 1 } only
            ? only[0] is ConfigNull ? null : PerOutput<IReadOnlyList<Metric>>.Of(ReadMetricList(only[0], context)!)
            : ReadPerOutput(value, context, ReadMetricList);
    }

    private static IReadOnlyList<Metric>? ReadMetricList(ConfigValue value, ReadContext context) => value is ConfigArray list
        ? [.. list.Where(item => item is not ConfigNull).Select(item => Try(() => ReadMetric(item, context), context)).OfType<Metric>()]
        : Try(() => ReadMetric(value, context), context) is { } metric ? [metric] : [];

    private static Metric ReadMetric(ConfigValue value, ReadContext context)
    {
        switch (value)
        {
            case ConfigString name:
                return new NamedMetric(name.Value);
            case ConfigArray { Count: 1 } single:
                return ReadMetric(single[0], context);
            case ConfigObject config when FunctionName(config) is { } function:
                return new NamedMetric(function);
            case ConfigObject config when config.FindString("class_name") is "MeanMetricWrapper":
                return ReadWrapper(config, context);
            case ConfigObject config:
                return (Metric)ObjectReader.Read(ObjectKind.Of(typeof(Metric))!, WithoutFunction(config), context);
            default:
                throw context.Unexpected(value, "a metric");
        }
    }

    // Keras 2 wraps the function of a metric that was given by name.
    private static Metric ReadWrapper(ConfigObject serialised, ReadContext context)
    {
        var config = serialised.GetObject("config");
        var function = config.Find("fn") switch
        {
            ConfigString name => name.Value,
            ConfigObject reference when FunctionName(reference) is { } name => name,
            _ => throw context.Corrupt("A metric's function is not one of Keras."),
        };
        return (Metric)ObjectReader.Read(ObjectKind.Of(typeof(Metric))!, ConfigObject.Create(new("class_name", function), new("config", config.Without("fn"))), context);
    }

    private static double? ReadNumber(ConfigValue value, ReadContext context) => value is ConfigNumber number ? number.ToDouble() : throw context.Unexpected(value, "a number");

    private static PerOutput<T>? ReadPerOutput<T>(ConfigValue? value, ReadContext context, Func<ConfigValue, ReadContext, T?> read)
    {
        switch (value)
        {
            case null or ConfigNull:
                return null;
            case ConfigArray list:
                return PerOutput<T>.List(list.Select(item => item is ConfigNull ? default : read(item, context)));
            case ConfigObject named when !named.ContainsKey("class_name"):
                return PerOutput<T>.ByName(named.Select(member => KeyValuePair.Create(member.Key, member.Value is ConfigNull ? default : read(member.Value, context.At(member.Key)))));
            default:
                return PerOutput<T>.Of(read(value, context)!);
        }
    }

    /// <summary>The name in a reference to a function: <c>{"class_name": "function", "config": "mse"}</c>, also inside of Keras 3's wrapper.</summary>
    private static string? FunctionName(ConfigObject value) => value.Find("class_name") switch
    {
        ConfigString { Value: "function" } => value.FindString("config") is { } name ? name[(name.LastIndexOf('>') + 1)..] : null,
        ConfigString { Value: "LossFunctionWrapper" } when value.FindObject("config")?.Find("fn") is ConfigObject function => FunctionName(function),
        ConfigString { Value: "LossFunctionWrapper" } => value.FindObject("config")?.FindString("fn"),
        _ => null,
    };

    // Keras 2 writes the function beside the options of the class, which already say all.
    private static ConfigObject WithoutFunction(ConfigObject serialised) =>
        serialised.Find("config") is ConfigObject config && config.ContainsKey("fn") ? serialised.With("config", config.Without("fn")) : serialised;

    private static T? Try<T>(Func<T?> read, ReadContext context)
    {
        try
        {
            return read();
        }
        catch (ModelToolsException error)
        {
            context.At(error.Location ?? "").Warn(error.Code, $"A part of the training configuration cannot be read and is left out: {error.Message}");
            return default;
        }
    }
}
