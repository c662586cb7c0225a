using System.Globalization;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Formats.WeightsH5;

/// <summary>Lays the weights of a model out as Keras 3 does, or Keras 2.15.</summary>
internal static class TreeWriter
{
    /// <summary>The group of an object's own variables.</summary>
    public const string VariablesGroup = "vars";

    /// <summary>The file to write.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="dialect">The generation to write for: the names of some parts differ.</param>
    /// <param name="withState">Write also where the optimizer stands.</param>
    /// <exception cref="ModelToolsException">MT3008: the model is not built.</exception>
    public static Hdf5GroupContent Lay(Model model, KerasDialect dialect, bool withState)
    {
        if (!model.IsBuilt && model.Kind is ModelKind.Sequential)
        {
            throw new ModelToolsException(ErrorCode.ModelNotBuilt, $"The model {model.Name} does not know its input shape yet, so it has no weights to write.");
        }

        var root = new Hdf5GroupContent();
        Write(WeightTree.Of(model), root, dialect);
        if (withState)
        {
            OptimizerGroup.Write(model, dialect, root);
        }

        return root;
    }

    /// <summary>Writes a file that appears whole or not at all.</summary>
    public static void Save(Hdf5GroupContent content, string path, ModelWriteOptions options)
    {
        var writer = Hdf5Writer.Prepare(content);
        AtomicTarget.WriteFile(path, options.Force, stream =>
        {
            using var counted = new ProgressStream(stream, Path.GetFileName(path), writer.Length, options.Progress);
            writer.Write(counted, options.Cancellation);
        });
    }

    private static void Write(WeightNode node, Hdf5GroupContent group, KerasDialect dialect)
    {
        var isKeras3 = dialect is KerasDialect.Keras3;
        if (!node.IsList)
        {
            var variables = group.Group(VariablesGroup);
            if (isKeras3)
            {
                variables.Attributes.AddText("name", node.Name, utf8: true);
            }

            for (var i = 0; i < node.Variables.Count; i++)
            {
                variables.Add(i.ToString(CultureInfo.InvariantCulture), node.Variables[i].Value);
            }
        }

        var names = node.IsList ? WeightTree.Number(node.Children, countsRepeated: isKeras3) : [.. node.Children.Select(child => isKeras3 ? child.PublicEdge : child.Edge)];
        foreach (var (child, name) in node.Children.Zip(names).Where(pair => !pair.First.IsRepeated))
        {
            Write(child, group.Group(name), dialect);
        }
    }
}
