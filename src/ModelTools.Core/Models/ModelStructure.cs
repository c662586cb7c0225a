namespace ModelTools.Models;

/// <summary>How a model came to be, which decides how Keras writes it.</summary>
public enum ModelKind
{
    /// <summary>A plain chain of layers.</summary>
    Sequential,

    /// <summary>A graph of layer calls.</summary>
    Functional,

    /// <summary>A class of the user's own: its graph is not in the file, only layers and weights can be seen.</summary>
    Subclassed,
}

/// <summary>How a model takes its inputs or gives its outputs.</summary>
public enum TensorStructureKind
{
    /// <summary>One tensor.</summary>
    Single,

    /// <summary>A list of tensors.</summary>
    List,

    /// <summary>Tensors by name.</summary>
    Dictionary,
}

/// <summary>The structure of a model's inputs or outputs.</summary>
/// <param name="Kind">Single, list or dictionary.</param>
/// <param name="Keys">The dictionary's keys in the order of the tensors; empty otherwise.</param>
public sealed record TensorStructure(TensorStructureKind Kind, IReadOnlyList<string> Keys)
{
    /// <summary>One tensor.</summary>
    public static TensorStructure Single { get; } = new(TensorStructureKind.Single, []);

    /// <summary>A list of tensors.</summary>
    public static TensorStructure List { get; } = new(TensorStructureKind.List, []);

    /// <inheritdoc/>
    public override string ToString() => Kind is TensorStructureKind.Dictionary ? $"{Kind} ({string.Join(", ", Keys)})" : $"{Kind}";

    /// <summary>The structure of so many tensors without names.</summary>
    public static TensorStructure Of(int count) => count == 1 ? Single : List;
}
