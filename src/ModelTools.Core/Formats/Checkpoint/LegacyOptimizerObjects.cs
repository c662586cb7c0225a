using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Formats.Checkpoint;

/// <summary>The objects of an optimizer of tf.keras up to 2.10: its options as variables, and its state as slots of the model's weights.</summary>
internal static class LegacyOptimizerObjects
{
    /// <summary>Options that are variables there, so that a program can change them.</summary>
    private static readonly HashSet<string> Options = new(StringComparer.Ordinal)
    {
        "beta", "beta_1", "beta_2", "decay", "l1_regularization_strength", "l2_regularization_strength", "learning_rate", "learning_rate_power", "momentum", "rho",
    };

    /// <summary>The object of a model's optimizer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="objects">The objects of the model's weights, to which the slots belong.</param>
    public static TrackableObject Of(Model model, Optimizer optimizer, ModelObjects objects)
    {
        var item = new TrackableObject("the optimizer");
        item.Add("iter", Variable("iter", Tensor.Scalar(model.OptimizerState?.Iterations ?? 0)));
        foreach (var (key, value) in OptionsOf(optimizer, model.OptimizerState).OrderBy(option => option.Key, StringComparer.Ordinal))
        {
            item.Add(key, Variable(key, Tensor.Scalar((float)value)));
        }

        if (model.OptimizerState is { } state)
        {
            AddState(item, model, optimizer, state, objects);
        }

        return item;

        TrackableObject Variable(string name, Tensor value) => TrackableObject.Variable($"{optimizer.Name}/{name}", value);
    }

    private static void AddState(TrackableObject item, Model model, Optimizer optimizer, OptimizerState state, ModelObjects objects)
    {
        var variables = model.TrainableVariables.ToArray();
        var layout = OptimizerObjects.LayoutOf(model, optimizer, OptimizerGeneration.Keras2Legacy);
        foreach (var (entry, value) in layout.Entries.Zip(layout.Flatten(state)))
        {
            var stored = TrackableObject.Variable(OptimizerObjects.FullNameOf(entry), value);
            if (entry.Kind is OptimizerEntryKind.Slot)
            {
                item.AddSlot(objects.Of(variables[entry.Variable]), optimizer.Slots[entry.Index].LegacyName, stored);
            }
            else if (entry.Kind is OptimizerEntryKind.Shared)
            {
                item.Add(optimizer.Shared[entry.Index].LegacyName!, stored);
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, double>> OptionsOf(Optimizer optimizer, OptimizerState? state)
    {
        foreach (var property in ObjectSchema.For(optimizer.GetType()).Properties.Where(property => Options.Contains(property.Keras2Key)))
        {
            switch (property.Get(optimizer))
            {
                case double value:
                    yield return new(property.Keras2Key, value);
                    break;
                case ConstantLearningRate rate:
                    yield return new(property.Keras2Key, state?.LearningRate ?? rate.Value);
                    break;
            }
        }
    }
}
