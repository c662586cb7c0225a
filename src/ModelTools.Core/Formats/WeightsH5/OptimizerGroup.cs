using System.Globalization;
using ModelTools.Configuration;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Formats.WeightsH5;

/// <summary>Where the optimizer stands, in the group <c>optimizer</c> of a weights file.</summary>
internal static class OptimizerGroup
{
    /// <summary>Name of the group.</summary>
    public const string Name = "optimizer";

    /// <summary>The group in which Keras 2 also keeps the state of metrics, which is not read.</summary>
    public const string Metrics = "metrics";

    private const string Inner = "inner_optimizer";

    // Iteration, learning rate, counter and scale of Keras 3's wrapper come before what it wraps.
    private const int WrapperEntries = 4;

    /// <summary>The state for a compiled model; null where the file has none. What does not fit is reported and left out.</summary>
    public static OptimizerState? Read(StoredObject root, Model model, ICollection<ModelFinding> findings)
    {
        if (model.Training?.Optimizer is not { } optimizer || root.Child(Name) is not { Variables: { Count: > 0 } stored })
        {
            return null;
        }

        try
        {
            return OptimizerLayout.For(optimizer, optimizer.Generation, Variables(model)).Restore([.. stored.Select(dataset => dataset.Read().Load())]);
        }
        catch (ModelToolsException error) when (error.Code == ErrorCode.WeightCountMismatch || error.Code == ErrorCode.WeightShapeMismatch)
        {
            findings.Add(new ModelFinding(error.Code, $"The optimizer's state does not fit and is left out: {error.Message}", error.Location ?? Name));
            return null;
        }
    }

    /// <summary>Writes the state, where the model has one.</summary>
    public static void Write(Model model, KerasDialect dialect, Hdf5GroupContent root)
    {
        if (model.Training?.Optimizer is not { } optimizer || model.OptimizerState is not { } state)
        {
            return;
        }

        var written = OptimizerNames.For(optimizer, dialect);
        var values = OptimizerLayout.For(written, written.Generation, Variables(model)).Flatten(state);
        Add(root.Group(Name), dialect is KerasDialect.Keras3 ? written.Name : null, values);
        if (written is LossScaleOptimizer scaled)
        {
            Add(root.Group($"{Name}/{Inner}"), dialect is KerasDialect.Keras3 ? scaled.InnerOptimizer.Name : null, dialect is KerasDialect.Keras3 ? values.Skip(WrapperEntries) : values);
        }
    }

    private static void Add(Hdf5GroupContent group, string? name, IEnumerable<Tensor> values)
    {
        var variables = group.Group(TreeWriter.VariablesGroup);
        if (name is not null)
        {
            variables.Attributes.AddText("name", name, utf8: true);
        }

        var number = 0;
        foreach (var value in values)
        {
            variables.Add((number++).ToString(CultureInfo.InvariantCulture), value);
        }
    }

    private static IReadOnlyList<OptimizerVariable> Variables(Model model) =>
        [.. model.TrainableVariables.Select(variable => new OptimizerVariable(variable.FullName, variable.Shape, variable.DType))];
}
