using ModelTools.Configuration;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Formats.KerasH5;

/// <summary>The training part of a legacy file: <c>training_config</c> and <c>optimizer_weights</c>.</summary>
internal static class LegacyTraining
{
    private const string ConfigAttribute = "training_config";
    private const string OptimizerGroup = "optimizer_weights";

    /// <summary>Reads both into a model. What cannot be read is reported and left out.</summary>
    public static void Read(Model model, LegacyFile file, ICollection<ModelFinding> findings)
    {
        try
        {
            if (file.ReadTraining() is not { } training)
            {
                return;
            }

            model.Training = KerasJson.ReadTraining(training.Root, file.Dialect, findings);
            if (model.Training?.Optimizer is { } optimizer && file.Optimizer is { Weights.Count: > 0 } stored)
            {
                var generation = GenerationOf(optimizer, stored);
                model.Training = model.Training with { Optimizer = optimizer with { Generation = generation } };
                model.OptimizerState = ReadState(model, model.Training.Optimizer, stored);
            }
        }
        catch (ModelToolsException error)
        {
            findings.Add(new ModelFinding(error.Code, $"The training state cannot be read and is left out: {error.Message}", error.Location ?? ConfigAttribute));
        }
    }

    /// <summary>The optimizer's state in a file, for a compiled model; its tensors are read.</summary>
    /// <exception cref="ModelToolsException">MT3002, MT3003: it belongs to another optimizer or model.</exception>
    public static OptimizerState ReadState(Model model, Optimizer optimizer, LegacyLayer stored)
    {
        var layout = OptimizerLayout.For(optimizer, GenerationOf(optimizer, stored), Variables(model, optimizer.Generation is OptimizerGeneration.Keras3 ? KerasDialect.Keras3 : KerasDialect.Keras2));
        return layout.Restore([.. stored.Weights.Select(weight => weight.Dataset.Read().Load())]);
    }

    /// <summary>Writes both, where the model has them.</summary>
    public static void Write(Model model, KerasDialect dialect, Hdf5GroupContent root)
    {
        if (model.Training is null)
        {
            return;
        }

        root.Attributes.AddText(ConfigAttribute, KerasJson.WriteTraining(model, dialect, KerasForm.Plain, forBothGenerations: true).ToJson());
        if (model.Training.Optimizer is not { } optimizer || model.OptimizerState is not { } state)
        {
            return;
        }

        var written = OptimizerNames.For(optimizer, dialect);
        var layout = OptimizerLayout.For(written, written.Generation, Variables(model, dialect));
        var group = root.Group(OptimizerGroup);
        group.Attributes.AddNames("weight_names", [.. layout.Entries.Select(entry => entry.Name)]);
        foreach (var (entry, tensor) in layout.Entries.Zip(layout.Flatten(state)))
        {
            group.Add(entry.Name, tensor);
        }
    }

    // The names in the file tell the class that stored them better than the configuration does.
    private static OptimizerGeneration GenerationOf(Optimizer optimizer, LegacyLayer stored)
    {
        var first = stored.Weights[0].PlainName;
        return optimizer.Generation is OptimizerGeneration.Keras3 ? OptimizerGeneration.Keras3
            : first == "iteration" ? OptimizerGeneration.Keras2
            : first.EndsWith("/iterations", StringComparison.Ordinal) ? OptimizerGeneration.MultiBackend
            : first.EndsWith("/iter", StringComparison.Ordinal) ? OptimizerGeneration.Keras2Legacy
            : optimizer.Generation;
    }

    // A name that two layers share would be two datasets of one path.
    private static IReadOnlyList<OptimizerVariable> Variables(Model model, KerasDialect dialect)
    {
        List<Variable> variables = [.. model.TrainableVariables];
        var names = LegacyWriter.UniqueNames(variables, KerasDialect.Keras3);
        var prefix = dialect is KerasDialect.Keras3 && model.Kind is ModelKind.Sequential ? model.Name + "/" : "";
        return [.. variables.Select((variable, index) => new OptimizerVariable(prefix + names[index], variable.Shape, variable.DType))];
    }
}
