namespace ModelTools.Formats.Checkpoint;

/// <summary>An edge of an object graph.</summary>
/// <param name="Name">Local name, such as <c>kernel</c> or <c>layer_with_weights-0</c>.</param>
/// <param name="Node">The object it leads to.</param>
public sealed record ObjectEdge(string Name, int Node);
