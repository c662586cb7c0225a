using ModelTools.Diagnostics;
using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>A layer that is not known here, or that carries code: kept with its configuration and weights, but not run.</summary>
/// <remarks>Its weights are those that the file holds: whoever reads the file declares them.</remarks>
/// <param name="Class">The class name in the file.</param>
/// <param name="Json">The JSON text of the whole object (<c>class_name</c>, <c>config</c> and what stands beside them).</param>
[NotInRegistry]
public sealed record UnknownLayer(string Class, string Json) : Layer
{
    private static readonly string[] CodeCarriers = ["Lambda", "TFOpLambda", "SlicingOpLambda", "TorchModuleWrapper", "JaxLayer", "FlaxLayer", "TFSMLayer"];

    // Operations of Keras 3 that take a list of tensors.
    private static readonly string[] ListTakers = ["Concatenate", "Stack", "Hstack", "Vstack", "Dstack", "Block"];

    private static readonly string[] Statistics = ["moving_mean", "moving_variance", "moving_stddev", "mean", "variance", "count"];

    /// <inheritdoc/>
    public override string ClassName => Class;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool TakesList => ListTakers.Contains(Class, StringComparer.Ordinal);

    /// <summary>True if the layer is, or names, code of the model's author.</summary>
    [ConfigIgnore]
    public bool CarriesCode => CodeCarriers.Contains(Class, StringComparer.Ordinal);

    /// <summary>Whether a weight of such a layer is most likely one that training does not change, by its name.</summary>
    internal static bool IsStatistic(string weight) => Statistics.Contains(weight, StringComparer.Ordinal);

    /// <summary>Refuses to run.</summary>
    /// <exception cref="ModelToolsException">MT2005 for a layer that carries code, else MT4001.</exception>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call) => throw (CarriesCode
        ? new ModelToolsException(ErrorCode.ExecutableContent, $"The layer {Name} ({Class}) carries code of the model's author, which is never run.") { Location = Name }
        : new ModelToolsException(ErrorCode.UnsupportedLayer, $"The layer {Name} is a {Class}, which cannot be run here.") { Location = Name });
}
