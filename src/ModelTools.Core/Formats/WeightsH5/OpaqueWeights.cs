using System.Globalization;
using ModelTools.Formats.Hdf5;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats.WeightsH5;

/// <summary>Gives layers that cannot be run the weights that the file holds in their places.</summary>
internal static class OpaqueWeights
{
    /// <summary>Declares the weights of all opaque layers of a model and of those inside it.</summary>
    public static void Adopt(Model model, StoredObject stored)
    {
        if ((stored.Child(WeightTree.Layers) ?? stored.Child(WeightTree.OlderLayers)) is not { } list)
        {
            return;
        }

        List<WeightNode> places = [.. model.Layers.Select(layer => new WeightNode(WeightTree.ListName(layer.ClassName)))];
        foreach (var (layer, name) in model.Layers.Zip(WeightTree.Number(places, countsRepeated: true)))
        {
            if (list.Child(name) is not { } found)
            {
                continue;
            }

            if (layer.NestedModel is { } nested)
            {
                Adopt(nested, found);
            }
            else if (layer is { IsOpaque: true, Weights: { } scope } && !layer.Variables.Any())
            {
                Declare(scope, found, layer.Name);
            }
        }
    }

    /// <summary>A model of a user's own class, with all that the file holds as its layers.</summary>
    public static Model Layers(Model model, StoredObject stored) => Model.Subclassed(model.ClassName, stored.Children.Where(child => child.Key is not (OptimizerGroup.Name or OptimizerGroup.Metrics) && child.Value.HasVariables).Select(child =>
    {
        var layer = new ModelLayer(new UnknownLayer(child.Key, "{}") { Name = child.Key });
        layer.Build([]);
        Declare(layer.Weights!, child.Value, child.Key);
        return layer;
    }), model.Name, model.UnknownMembers);

    private static void Declare(WeightScope scope, StoredObject stored, string path)
    {
        // Files hold trainable weights first; numbers that are packed into integers are never trained, nor is what belongs to them.
        var isTrainable = true;
        var number = 0;
        foreach (var dataset in stored.Variables)
        {
            var name = (number++).ToString(CultureInfo.InvariantCulture);
            var type = dataset.Read().DType;
            isTrainable &= type.IsFloating();
            scope.Add(new Variable(name, $"{path}/{name}", dataset.Shape, type) { IsTrainable = isTrainable });
        }

        foreach (var (edge, child) in stored.Children.Where(child => child.Value.HasVariables))
        {
            var part = new WeightScope(scope.Owner, edge);
            scope.Add(part);
            Declare(part, child, $"{path}/{edge}");
        }
    }

}
