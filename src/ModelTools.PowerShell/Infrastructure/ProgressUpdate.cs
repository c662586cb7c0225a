namespace ModelTools.Infrastructure;

/// <summary>One state of long work, as PowerShell's progress bar shows it.</summary>
/// <param name="Status">What is being done, for example <c>dense/kernel</c>.</param>
/// <param name="Percent">How much is done, 0 to 100; null where nobody knows.</param>
internal readonly record struct ProgressUpdate(string Status, double? Percent = null);
