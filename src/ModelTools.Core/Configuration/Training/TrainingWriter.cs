using ModelTools.Configuration.Json;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Configuration;

/// <summary>Writes training configurations in the form that both generations read.</summary>
/// <remarks>
/// Names such as <c>mse</c> or <c>accuracy</c> become the classes that they mean for the model, because Keras 3 cannot read them back from HDF5 files, and Keras 2
/// writes no names either.
/// </remarks>
internal sealed class TrainingWriter(Model model, WriteContext context, KerasForm form)
{
    private const string OlderModule = "keras.optimizers.legacy";
    private const string ScalingModule = "keras.src.mixed_precision.loss_scale_optimizer";
    private const string ScalingClass = "LossScaleOptimizerV3";

    private bool IsKeras3 => context.Dialect is KerasDialect.Keras3;

    /// <summary>Writes the model's training configuration.</summary>
    public ConfigObject Write()
    {
        var training = model.Training ?? new TrainingConfiguration();
        ConfigValue? optimizer = training.Optimizer is { } own ? WriteOptimizer(OptimizerNames.For(own, context.Dialect)) : form is KerasForm.Plain ? ConfigNull.Value : null;
        List<KeyValuePair<string, ConfigValue>> members =
        [
            new("loss", Write(training.Loss, (loss, output) => Object(Resolved(loss, output)))),
            new("loss_weights", Write(training.LossWeights, (weight, _) => weight is { } number ? number : ConfigNull.Value)),
            new("metrics", Write(training.Metrics, MetricList)),
            new("weighted_metrics", Write(training.WeightedMetrics, MetricList)),
        ];
        if (IsKeras3)
        {
            members.AddRange([new("run_eagerly", false), new("steps_per_execution", 1), new("jit_compile", false)]);
        }

        if (optimizer is not null)
        {
            members.Add(new(form is KerasForm.Plain ? "optimizer_config" : "optimizer", optimizer));
        }

        if (context.Source == context.Dialect)
        {
            members.AddRange(training.UnknownMembers.Select(member => KeyValuePair.Create(member.Key, ConfigValue.Parse(member.Value))));
        }

        return ConfigObject.Create(members);
    }

    private static ConfigValue Write<T>(PerOutput<T>? items, Func<T, int, ConfigValue> write)
    {
        if (items is null)
        {
            return ConfigNull.Value;
        }

        if (items.Named is { } named)
        {
            return ConfigObject.Create(named.Select((pair, index) => KeyValuePair.Create(pair.Key, pair.Value is null ? ConfigNull.Value : write(pair.Value, index))));
        }

        return items.Listed is { } listed
            ? ConfigArray.Create(listed.Select((item, index) => item is null ? ConfigNull.Value : write(item, index)))
            : write(items.Single!, 0);
    }

    private ConfigValue MetricList(IReadOnlyList<Metric> metrics, int output) => ConfigArray.Create(metrics.Select(metric => Object(Resolved(metric, output))));

    private ConfigValue Object(KerasObject value)
    {
        if (value is NamedLoss or NamedMetric)
        {
            return value.ClassName;
        }

        return form is KerasForm.WithModules ? ObjectWriter.Write(value, context)
            : ConfigObject.Create(new("class_name", KerasNames.ClassName(value, context.Dialect)), new("config", ObjectWriter.WriteConfig(value, context)));
    }

    private ConfigValue WriteOptimizer(Optimizer optimizer)
    {
        var written = (ConfigObject)Object(optimizer);
        return IsKeras3 ? written : form is KerasForm.Plain ? Marked(written, optimizer) : WithModule(written, optimizer);
    }

    // Keras 2 takes an optimizer that does not say otherwise for one of its older classes, and Keras 3 reads what says so under this name only.
    private static ConfigObject Marked(ConfigObject written, Optimizer optimizer) => optimizer.Generation is not OptimizerGeneration.Keras2 ? written
        : written.With("class_name", "Custom>" + written.GetString("class_name")).With("config", written.GetObject("config").With("is_legacy_optimizer", false));

    // In archives the module tells the older classes, and Keras 3 refuses the mark; the module of the wrapper is not a public one.
    private static ConfigObject WithModule(ConfigObject written, Optimizer optimizer) => optimizer switch
    {
        LossScaleOptimizer scaled => written.With("module", ScalingModule).With("class_name", ScalingClass).With("registered_name", ScalingClass)
            .With("config", written.GetObject("config").With("inner_optimizer", Inner(written.GetObject("config").GetObject("inner_optimizer"), scaled.InnerOptimizer))),
        { Generation: OptimizerGeneration.Keras2 } => written.With("config", written.GetObject("config").Without("is_legacy_optimizer")),
        _ => written.With("module", OlderModule),
    };

    // Keras 2 looks at the mark in there only.
    private static ConfigObject Inner(ConfigObject written, Optimizer optimizer) => optimizer.Generation is OptimizerGeneration.Keras2
        ? written.With("config", written.GetObject("config").With("is_legacy_optimizer", false))
        : WithModule(written, optimizer);

    private KerasObject Resolved(Loss loss, int output)
    {
        if (loss is not NamedLoss named || named.Identifier is "crossentropy" or "ce" || ObjectKind.Of(typeof(Loss))!.Find(named.Identifier) is null || OutputShape(output) is not { } shape)
        {
            return loss;
        }

        var resolved = loss.Resolve(shape, shape);
        return resolved with { Name = SnakeCase.Of(resolved.ClassName) };
    }

    private KerasObject Resolved(Metric metric, int output)
    {
        if (metric is not NamedMetric named || OutputShape(output) is not { } shape || !CanResolve(named))
        {
            return metric;
        }

        // What the target looks like follows from the loss.
        var loss = model.Training?.Loss?.For(output, OutputName(output));
        var takesNumbers = loss?.ClassName is "SparseCategoricalCrossentropy" || (loss as NamedLoss)?.Identifier is "sparse_categorical_crossentropy";
        return metric.Resolve(takesNumbers && shape.Rank > 1 ? shape.Slice(0, shape.Rank - 1) : shape, shape);
    }

    private static bool CanResolve(NamedMetric metric) =>
        metric.Identifier is "accuracy" or "acc" or "crossentropy" or "ce" || ObjectKind.Of(typeof(Metric))!.Find(metric.Identifier) is not null;

    private Shape? OutputShape(int output) => output < model.Outputs.Count && !model.Outputs[output].IsOpaque ? model.Outputs[output].Shape : null;

    private string OutputName(int output) => output < model.OutputSpecs.Count ? model.OutputSpecs[output].Name ?? "" : "";
}
