namespace ModelTools.Diagnostics;

/// <summary>What kind of failure a code stands for; the fronts map it to their own categories.</summary>
public enum ErrorKind
{
    /// <summary>MT1xxx: the file cannot be understood.</summary>
    InvalidFile,

    /// <summary>MT2xxx: refused because it is unsafe.</summary>
    Unsafe,

    /// <summary>MT3xxx: the model breaks its contract, or weights do not fit the structure.</summary>
    Contract,

    /// <summary>MT4xxx: not supported.</summary>
    NotSupported,

    /// <summary>MT5xxx: the engine is missing or cannot start.</summary>
    Engine,

    /// <summary>MT6xxx: arguments, targets, permissions.</summary>
    Usage,

    /// <summary>MT9999: a defect of ModelTools.</summary>
    Defect,
}

/// <summary>One row of the table of errors that serves PowerShell and MSBuild alike.</summary>
/// <param name="Id">The code a user sees and searches for: <c>MT</c> and four digits.</param>
/// <param name="Title">What is wrong, in general, as half a sentence.</param>
/// <param name="Advice">What to do, as one sentence; an exception may carry better advice of its own.</param>
public sealed partial record ErrorCode(string Id, string Title, string Advice)
{
    /// <summary>The kind, told by the first digit of <see cref="Id"/>.</summary>
    public ErrorKind Kind => Id[2] switch
    {
        '1' => ErrorKind.InvalidFile,
        '2' => ErrorKind.Unsafe,
        '3' => ErrorKind.Contract,
        '4' => ErrorKind.NotSupported,
        '5' => ErrorKind.Engine,
        '6' => ErrorKind.Usage,
        _ => ErrorKind.Defect,
    };

    /// <inheritdoc/>
    public override string ToString() => Id;
}
