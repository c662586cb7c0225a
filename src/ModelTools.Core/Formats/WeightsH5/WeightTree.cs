using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Formats.WeightsH5;

/// <summary>The tree of a model's objects as Keras walks it when it saves weights: from it both the writer and the reader work.</summary>
/// <remarks>Each object is saved once, at the first place where the walk meets it: first the list of layers, then the other attributes.</remarks>
internal sealed class WeightTree
{
    /// <summary>The list of a model's layers.</summary>
    public const string Layers = "layers";

    /// <summary>What Keras 2.12 to 2.14 called it.</summary>
    public const string OlderLayers = "_layer_checkpoint_dependencies";

    private const string Cells = "cells";

    // Keras takes the name of the Python class, which is not always the exported one.
    private static readonly Dictionary<string, string> PythonNames = new(StringComparer.Ordinal) { ["GroupQueryAttention"] = "GroupedQueryAttention" };

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    private WeightTree()
    {
    }

    /// <summary>The tree of a model.</summary>
    public static WeightNode Of(Model model) => new WeightTree().OfModel("", model, null);

    /// <summary>Name of a class in a list: <c>conv2d</c>.</summary>
    public static string ListName(string className) => SnakeCase.Of(PythonNames.GetValueOrDefault(className, className));

    /// <summary>The names of the members of a list: bare, then with a number per class.</summary>
    /// <param name="members">The members.</param>
    /// <param name="countsRepeated">Whether one that was saved before takes a number (Keras 3) or not (Keras 2).</param>
    public static IReadOnlyList<string> Number(IReadOnlyList<WeightNode> members, bool countsRepeated)
    {
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. members.Select(member =>
        {
            if (member.IsRepeated && !countsRepeated)
            {
                return "";
            }

            var number = used.GetValueOrDefault(member.Edge);
            used[member.Edge] = number + 1;
            return number == 0 ? member.Edge : $"{member.Edge}_{number}";
        })];
    }

    private WeightNode OfModel(string edge, Model model, string? layer)
    {
        var node = new WeightNode(edge) { Name = model.Name, Title = $"the model {model.Name}", Layer = layer ?? model.Name };
        if (!_seen.Add(model))
        {
            return node with { IsRepeated = true };
        }

        var members = model.Layers.Select(item => OfLayer(item, layer)).ToList();

        // The layers of a user's own class hang at attributes, of which the file tells the names.
        IReadOnlyList<WeightNode> children = model.Kind is ModelKind.Subclassed ? [.. members.Select(member => member with { Edge = member.Name })]
            : [new WeightNode(Layers) { IsList = true, Children = members, Title = node.Title, Layer = node.Layer }];
        return node with { Variables = Ordered(model.TopLevelVariables), Children = children };
    }

    private WeightNode OfLayer(ModelLayer layer, string? outer)
    {
        var edge = ListName(layer.ClassName);
        var name = outer ?? layer.Name;
        return layer.NestedModel is { } model ? OfModel(edge, model, name)
            : layer.Weights is { } scope ? OfScope(edge, scope, name)
            : new WeightNode(edge) { Name = layer.Name, Layer = name };
    }

    private WeightNode OfScope(string edge, WeightScope scope, string layer)
    {
        if (scope.Owner is NestedModel nested)
        {
            return OfModel(edge, nested.Model, layer);
        }

        var node = new WeightNode(edge) { Name = scope.Owner.Name, Title = $"the layer {scope.Owner.Name} ({scope.Owner.ClassName})", Layer = layer };
        return !_seen.Add(scope) ? node with { IsRepeated = true } : node with
        {
            Variables = Ordered(scope.Variables),
            Children = [.. scope.Children.Select(child => child.Edge == Cells ? OfCells(child, layer)
                : OfScope(child.Edge, child, layer) with { PublicEdge = scope.Owner is MultiHeadAttention ? child.Edge.TrimStart('_') : child.Edge })],
        };
    }

    private WeightNode OfCells(WeightScope cells, string layer) => new(Cells)
    {
        IsList = true,
        Title = $"the layer {cells.Owner.Name} ({cells.Owner.ClassName})",
        Layer = layer,
        Children = [.. cells.Children.Select(cell => OfScope(ListName(cell.Owner.ClassName), cell, layer))],
    };

    // Whatever is frozen: what a layer made as trainable comes first.
    private static IReadOnlyList<Variable> Ordered(IEnumerable<Variable> variables) => [.. variables.OrderByDescending(variable => variable.IsTrainable)];
}
