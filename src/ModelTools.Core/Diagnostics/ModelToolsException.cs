namespace ModelTools.Diagnostics;

/// <summary>The one exception that ModelTools throws for anything a user can run into.</summary>
/// <remarks>
/// <see cref="Exception.Message"/> says what is wrong and where, in plain words. Every other exception that leaves the
/// core is a defect and is reported as <see cref="ErrorCode.Defect"/> by the fronts.
/// </remarks>
public sealed class ModelToolsException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="code">The row of the table.</param>
    /// <param name="message">What is wrong, as a whole sentence.</param>
    /// <param name="inner">The cause, for a log; its text never replaces <paramref name="message"/>.</param>
    public ModelToolsException(ErrorCode code, string message, Exception? inner = null)
        : base(PlainText.Message(message), inner)
    {
        Code = code;
    }

    /// <summary>The code.</summary>
    public ErrorCode Code { get; }

    /// <summary>The file or directory concerned, if there is one.</summary>
    public string? Path { get; init; }

    /// <summary>The layer, tensor, group or record inside the file, if there is one.</summary>
    public string? Location { get; init; }

    /// <summary>What to do, as one sentence: better advice than the table's, where the place of failure knows it.</summary>
    public string Advice
    {
        get => field ?? Code.Advice;
        init;
    }

    /// <summary>The same error, saying which file it is about; keeps a path that is there already.</summary>
    /// <param name="path">The file or directory that was being read or written.</param>
    public ModelToolsException WithPath(string path) => Path is not null ? this : new ModelToolsException(Code, Message, this)
    {
        Path = path,
        Location = Location,
        Advice = Advice,
    };
}
