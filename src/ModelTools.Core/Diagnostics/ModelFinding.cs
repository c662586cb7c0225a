namespace ModelTools.Diagnostics;

/// <summary>Something in a file that deserves a warning or will be refused.</summary>
/// <param name="Code">The row of the table of errors.</param>
/// <param name="Message">What is wrong, as a sentence.</param>
/// <param name="Location">Where in the file.</param>
public sealed record ModelFinding(ErrorCode Code, string Message, string? Location);
