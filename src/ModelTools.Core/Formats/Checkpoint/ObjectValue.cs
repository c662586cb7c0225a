namespace ModelTools.Formats.Checkpoint;

/// <summary>A stored value of an object.</summary>
/// <param name="Name"><c>VARIABLE_VALUE</c> for a variable; other objects have names of their own.</param>
/// <param name="FullName">The variable's name in its program, such as <c>dense/kernel</c>.</param>
/// <param name="Key">The tensor of the checkpoint.</param>
public sealed record ObjectValue(string Name, string FullName, string Key);
