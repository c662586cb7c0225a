using System.Globalization;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Models;

/// <summary>One row of a summary.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="ClassName">Its class.</param>
/// <param name="OutputShape">What it gives on its first call; null while the model is not built.</param>
/// <param name="ParameterCount">Numbers in its weights.</param>
/// <param name="ConnectedTo">The tensors that it is called on, <c>layer[call][output]</c>.</param>
/// <param name="Trainable">False for a frozen layer.</param>
public sealed record LayerSummary(string Name, string ClassName, Shape? OutputShape, long ParameterCount, IReadOnlyList<string> ConnectedTo, bool Trainable);

/// <summary>The table that <c>model.summary()</c> prints, as objects and as text.</summary>
public sealed class ModelSummary
{
    private const int WidestCell = 120;
    private const int MostSources = 16;

    /// <summary>Describes a model.</summary>
    public ModelSummary(Model model)
    {
        ModelName = model.Name;
        Kind = model.Kind;
        Layers = model.Layers.Select(layer => Describe(model, layer)).ToArray();
        TrainableParameterCount = model.TrainableVariables.Sum(variable => variable.Shape.ElementCount);
        ParameterCount = model.ParameterCount;
        ByteCount = model.Variables.Sum(variable => variable.Shape.ElementCount * variable.DType.Size());
        IsBuilt = model.IsBuilt || model.Kind is ModelKind.Subclassed;
    }

    /// <summary>The model's name.</summary>
    public string ModelName { get; }

    /// <summary>Sequential, functional or of a class of its own.</summary>
    public ModelKind Kind { get; }

    /// <summary>One row for each layer.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>Numbers in all weights.</summary>
    public long ParameterCount { get; }

    /// <summary>Numbers that training changes.</summary>
    public long TrainableParameterCount { get; }

    /// <summary>Bytes of all weights.</summary>
    public long ByteCount { get; }

    /// <summary>False if the numbers are not known because the model has no input shape yet.</summary>
    public bool IsBuilt { get; }

    /// <summary>The table as text, as Keras prints it.</summary>
    public override string ToString() => ToString(int.MaxValue);

    /// <summary>The table as text, with long cells in several lines where it would be too wide.</summary>
    /// <param name="width">The number of characters that a line may have.</param>
    public string ToString(int width)
    {
        var connected = Kind is ModelKind.Functional && Layers.Any(layer => layer.ConnectedTo.Count > 1 || layer.ConnectedTo.Any(from => from.Contains("[1]", StringComparison.Ordinal)));
        List<string[]> rows = [connected ? ["Layer (type)", "Output Shape", "Param #", "Connected to"] : ["Layer (type)", "Output Shape", "Param #"]];
        foreach (var layer in Layers)
        {
            string[] row = [Cell($"{layer.Name} ({layer.ClassName})"), Cell(layer.OutputShape?.ToString() ?? "?"), IsBuilt ? Number(layer.ParameterCount) : "?"];
            rows.Add(connected ? [.. row, Sources(layer)] : row);
        }

        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"Model: \"{Cell(ModelName)}\"");
        SummaryTable.Append(text, rows, width);
        if (!IsBuilt)
        {
            return text.Append(" The model has no input shape yet: shapes and parameters are not known.").ToString();
        }

        return text.AppendLine(CultureInfo.InvariantCulture, $" Total params: {Number(ParameterCount)} ({Size(ByteCount)})")
            .AppendLine(CultureInfo.InvariantCulture, $" Trainable params: {Number(TrainableParameterCount)}")
            .Append(CultureInfo.InvariantCulture, $" Non-trainable params: {Number(ParameterCount - TrainableParameterCount)}").ToString();
    }

    private static LayerSummary Describe(Model model, ModelLayer layer)
    {
        var calls = model.NodesOf(layer);
        var connected = calls.SelectMany(call => call.Inputs).Select(input => $"{input.Layer.Name}[{model.CallIndex.PlaceOf(input.Call)}][{input.Index}]");
        return new LayerSummary(layer.Name, layer.ClassName, calls.Count > 0 ? calls[0].Outputs[0].Shape : null, layer.ParameterCount, [.. connected], layer.Trainable);
    }

    // Every row is as wide as the widest cell.
    private static string Cell(string text) => PlainText.Line(PlainText.Shortened(text, WidestCell));

    private static string Sources(LayerSummary layer)
    {
        var shown = string.Join(", ", layer.ConnectedTo.Take(MostSources).Select(Cell));
        return layer.ConnectedTo.Count > MostSources ? $"{shown} and {layer.ConnectedTo.Count - MostSources} more" : shown;
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes < 1 << 10
        ? $"{bytes:F2} B"
        : bytes < 1 << 20 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:F2} KB")
        : bytes < 1 << 30 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:F2} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:F2} GB");
}
