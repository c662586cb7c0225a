using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Completion;

/// <summary>Offers the names of a kind of Keras classes.</summary>
internal abstract class ClassNameCompleter : IArgumentCompleter
{
    /// <summary>The names, in order.</summary>
    protected abstract IEnumerable<string> Names { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionWords.Matching(Names, wordToComplete);
}

/// <summary>Offers the classes of layers.</summary>
internal sealed class LayerClassCompleter : ClassNameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names => ObjectRegistry<Layer>.All.Select(schema => schema.ClassName);
}

/// <summary>Offers the classes of optimizers.</summary>
internal sealed class OptimizerClassCompleter : ClassNameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names => ObjectRegistry<Optimizer>.All.Select(schema => schema.ClassName);
}

/// <summary>Offers the classes of losses.</summary>
internal sealed class LossClassCompleter : ClassNameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names => ObjectRegistry<Loss>.All.Select(schema => schema.ClassName);
}

/// <summary>Offers the classes of metrics.</summary>
internal sealed class MetricClassCompleter : ClassNameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names => ["accuracy", .. ObjectRegistry<Metric>.All.Select(schema => schema.ClassName)];
}

/// <summary>Offers the formats.</summary>
internal sealed class FormatCompleter : ClassNameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names => Formats.ModelFormat.All.Select(format => format.Name);
}
