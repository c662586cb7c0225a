namespace ModelTools.Host.Commands;

/// <summary>An error that a script reported with nothing but a message.</summary>
internal sealed class WriteErrorException(string? message) : Exception(message);
