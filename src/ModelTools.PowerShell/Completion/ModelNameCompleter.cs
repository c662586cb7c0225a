using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ModelTools.Models;

namespace ModelTools.Completion;

/// <summary>Offers names of the model that the command line speaks of: in a variable, or in a file whose header is read.</summary>
internal abstract class ModelNameCompleter : IArgumentCompleter
{
    /// <summary>Whether the parameter takes wildcards.</summary>
    protected virtual bool IsPattern => true;

    /// <summary>The names in a model, in its order.</summary>
    protected abstract IEnumerable<string> Names(Model model);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ModelOnCommandLine.Find(commandAst) is { } model ? [.. CompletionWords.Matching(Names(model).Distinct(), wordToComplete, IsPattern)] : [];
}

/// <summary>Offers names of layers.</summary>
internal sealed class LayerNameCompleter : ModelNameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(Model model) => model.DeepLayers.Select(layer => layer.Name);
}

/// <summary>Offers names of weights.</summary>
internal class WeightNameCompleter : ModelNameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(Model model) => model.Variables.Select(variable => variable.FullName);
}

/// <summary>Offers names of weights for a parameter that takes one name as it is.</summary>
internal sealed class ExactWeightNameCompleter : WeightNameCompleter
{
    /// <inheritdoc/>
    protected override bool IsPattern => false;
}
