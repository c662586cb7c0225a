using System.Management.Automation;
using ModelTools.Diagnostics;

namespace ModelTools.Infrastructure;

/// <summary>Turns the core's errors into PowerShell's: id, category, target, message and recommended action.</summary>
internal static class ErrorRecords
{
    /// <summary>The record for an error of the core.</summary>
    public static ErrorRecord From(ModelToolsException error, object? target = null) =>
        new(error, error.Code.Id, CategoryOf(error.Code), error.Location ?? error.Path ?? target)
        {
            ErrorDetails = new ErrorDetails($"{error.Code.Id}: {Describe(error)}") { RecommendedAction = error.Advice },
        };

    /// <summary>The record for any other exception: what the system refused has its own code, the rest is a defect of ours.</summary>
    public static ErrorRecord From(Exception error, object? target = null) => From(Translate(error), target);

    private static ModelToolsException Translate(Exception error) => error switch
    {
        UnauthorizedAccessException => new(ErrorCode.AccessDenied, error.Message, error),
        FileNotFoundException or DirectoryNotFoundException => new(ErrorCode.PathNotFound, error.Message, error),
        PSInvalidCastException => new(ErrorCode.InvalidArgument, error.Message, error),
        OutOfMemoryException => new(ErrorCode.SizeLimit, "There is not enough memory for this.", error),
        AggregateException { InnerExceptions: [var only] } => only as ModelToolsException ?? Translate(only),
        _ => new(ErrorCode.Defect, $"{error.GetType().Name}: {error.Message}", error),
    };

    /// <summary>The message, with the path where it does not name it already.</summary>
    private static string Describe(ModelToolsException error) =>
        error.Path is { } path && !error.Message.Contains(path, StringComparison.Ordinal) && !error.Message.Contains(Path.GetFileName(path), StringComparison.Ordinal)
            ? $"{path}: {error.Message}"
            : error.Message;

    private static ErrorCategory CategoryOf(ErrorCode code) => code.Id switch
    {
        "MT1006" => ErrorCategory.ParserError,
        "MT1008" => ErrorCategory.ObjectNotFound,
        "MT2004" or "MT2007" => ErrorCategory.LimitsExceeded,
        "MT3006" or "MT3007" or "MT3011" => ErrorCategory.InvalidArgument,
        "MT3008" or "MT6005" => ErrorCategory.InvalidOperation,
        "MT3009" => ErrorCategory.InvalidResult,
        "MT4004" => ErrorCategory.InvalidType,
        "MT5001" => ErrorCategory.NotInstalled,
        "MT5002" or "MT5004" => ErrorCategory.ResourceUnavailable,
        "MT6001" or "MT6006" => ErrorCategory.ObjectNotFound,
        "MT6002" => ErrorCategory.ResourceExists,
        "MT6003" => ErrorCategory.PermissionDenied,
        "MT6007" => ErrorCategory.WriteError,
        _ => code.Kind switch
        {
            ErrorKind.InvalidFile or ErrorKind.Contract => ErrorCategory.InvalidData,
            ErrorKind.Unsafe => ErrorCategory.SecurityError,
            ErrorKind.NotSupported => ErrorCategory.NotImplemented,
            ErrorKind.Engine => ErrorCategory.OperationStopped,
            ErrorKind.Usage => ErrorCategory.InvalidArgument,
            _ => ErrorCategory.NotSpecified,
        },
    };
}
