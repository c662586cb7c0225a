namespace ModelTools.Formats.Checkpoint;

/// <summary>A saver that an object brings along instead of plain values (<c>RegisteredSaver</c>).</summary>
/// <param name="Name">The saver's registered name.</param>
/// <param name="ObjectName">What the saver calls the object.</param>
public sealed record ObjectSaver(string Name, string ObjectName);
