using ModelTools.Diagnostics;
using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>A layer that computes one step of a sequence, for <see cref="RNN"/>.</summary>
public interface IRecurrentCell
{
    /// <summary>The maths.</summary>
    internal Recurrence Recurrence { get; }
}

/// <summary>Finds the maths of a layer that serves as a cell.</summary>
internal static class CellMaths
{
    public static Recurrence Of(Layer cell) => (cell as IRecurrentCell)?.Recurrence
        ?? throw new ModelToolsException(ErrorCode.UnsupportedLayer, $"The cell {cell.Name} is a {cell.ClassName}, which cannot be run here.") { Location = cell.Name };

    /// <summary>The cell's part in the names of its weights.</summary>
    public static string ScopeNameOf(Layer cell) => cell.Name.Length > 0 ? cell.Name : SnakeCase.Of(cell.ClassName);
}
