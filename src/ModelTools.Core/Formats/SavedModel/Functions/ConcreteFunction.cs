using ModelTools.Formats.SavedModel.Graph;
using ModelTools.Formats.SavedModel.Objects;

namespace ModelTools.Formats.SavedModel.Functions;

/// <summary>A function that Python can call: its graph, and the Python values that it takes and gives.</summary>
/// <param name="Function">The graph.</param>
/// <param name="Input">A tuple of positional arguments and a dictionary of named ones.</param>
/// <param name="Output">What it returns.</param>
internal sealed record ConcreteFunction(GraphFunction Function, StructuredValue Input, StructuredValue Output);
