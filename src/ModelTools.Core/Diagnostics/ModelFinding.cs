namespace ModelTools.Diagnostics;

/// <summary>Something in a file that deserves a warning or will be refused.</summary>
/// <param name="Code">The row of the table of errors.</param>
/// <param name="Message">What is wrong, as a sentence.</param>
/// <param name="Location">Where in the file.</param>
public sealed record ModelFinding(ErrorCode Code, string Message, string? Location)
{
    /// <summary>What is wrong, as a sentence.</summary>
    public string Message { get; init; } = PlainText.Message(Message);

    /// <summary>How much it counts.</summary>
    public FindingSeverity Severity { get; init; } = FindingSeverity.Warning;

    /// <summary>The file or directory, if the finding says it itself.</summary>
    public string? Path { get; init; }

    /// <summary>What to do, as one sentence: the table's advice, or better one from where it was found.</summary>
    public string Advice
    {
        get => field ?? Code.Advice;
        init;
    }

    /// <summary>The finding that stands for an error.</summary>
    /// <param name="error">What was thrown.</param>
    public static ModelFinding Of(ModelToolsException error) => new(error.Code, error.Message, error.Location) { Severity = FindingSeverity.Error, Path = error.Path, Advice = error.Advice };

    /// <summary>For instance <c>Error MT1003: The group '/' is damaged.</c></summary>
    public override string ToString() => $"{Severity} {Code}: {Message}";
}
