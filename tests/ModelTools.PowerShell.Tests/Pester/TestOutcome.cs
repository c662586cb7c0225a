namespace ModelTools.PowerShell.Tests.Pester;

/// <summary>What came of a test.</summary>
/// <param name="Failure">What failed, with its place in the script; null if it passed or was skipped.</param>
/// <param name="Skipped">Why it was skipped, or null.</param>
public sealed record TestOutcome(string? Failure = null, string? Skipped = null);
