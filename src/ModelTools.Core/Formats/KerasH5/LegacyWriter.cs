using ModelTools.Configuration;
using ModelTools.Formats.Hdf5;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Formats.KerasH5;

/// <summary>Lays a model out as a legacy file of Keras.</summary>
internal sealed class LegacyWriter(Model model, KerasDialect dialect)
{
    private const string Keras2Version = "2.15.0";
    private const string Keras3Version = "3.0.0";

    /// <summary>The whole model.</summary>
    public Hdf5GroupContent WholeModel(bool withTraining)
    {
        var root = new Hdf5GroupContent();
        Sign(root, utf8: true);
        root.Attributes.AddText("model_config", KerasJson.WriteModel(model, dialect, KerasForm.Plain, forBothGenerations: true).ToJson());
        AddWeights(root.Group("model_weights"));
        if (withTraining)
        {
            LegacyTraining.Write(model, dialect, root);
        }

        return root;
    }

    /// <summary>The weights only.</summary>
    public Hdf5GroupContent WeightsOnly()
    {
        var root = new Hdf5GroupContent();
        AddWeights(root);
        return root;
    }

    /// <summary>The names of weights in one group: those of Keras 2's variables, made unique.</summary>
    public static IReadOnlyList<string> UniqueNames(IEnumerable<Variable> variables, KerasDialect dialect)
    {
        var names = new Objects.UniqueNames(first: 1);
        var suffix = dialect is KerasDialect.Keras2 ? ":0" : "";
        return [.. variables.Select(variable => names.Take(variable.FullName) + suffix)];
    }

    private void AddWeights(Hdf5GroupContent group)
    {
        group.Attributes.AddNames("layer_names", [.. model.Layers.Select(layer => layer.Name)]);
        Sign(group, utf8: false);

        // In the order of the names a layer 'a' comes before 'a/b', whose group lies in its own.
        foreach (var layer in model.Layers.OrderBy(layer => layer.Name, StringComparer.Ordinal))
        {
            Add(group.Group(layer.Name), layer.Weights?.InKerasOrder.ToList() ?? []);
        }

        Add(group.Group(LegacyFile.TopLevelGroup), [.. model.TopLevelVariables]);
    }

    private void Add(Hdf5GroupContent group, IReadOnlyList<Variable> variables)
    {
        var names = UniqueNames(variables, dialect);
        group.Attributes.AddNames("weight_names", names);
        for (var i = 0; i < names.Count; i++)
        {
            group.Add(names[i], variables[i].Value);
        }
    }

    private void Sign(Hdf5GroupContent group, bool utf8)
    {
        group.Attributes.AddText("backend", "tensorflow", utf8);
        group.Attributes.AddText("keras_version", dialect is KerasDialect.Keras2 ? Keras2Version : Keras3Version, utf8);
    }
}
