using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>What to take from a data file, and as what.</summary>
public sealed record TensorReadOptions
{
    /// <summary>All of the file, as it is.</summary>
    public static TensorReadOptions Default { get; } = new();

    /// <summary>The array inside an <c>.npz</c> file; may stay open where there is only one.</summary>
    public string? Name { get; init; }

    /// <summary>Rows along the first axis that are left out at the beginning.</summary>
    public long Skip { get; init; }

    /// <summary>Most rows along the first axis that are taken; null for all.</summary>
    public long? First { get; init; }

    /// <summary>Element type of the result; null for that of the file.</summary>
    public DType? DType { get; init; }

    /// <summary>Divides every element, such as by 255 for pixels; whole numbers become float32 unless <see cref="DType"/> says otherwise.</summary>
    public double? DivideBy { get; init; }

    /// <summary>Channels of images.</summary>
    public ImageChannels Channels { get; init; }

    /// <summary>What separates the fields of a text file; null to find out among comma, semicolon and tab.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first row of a text file holds names; null to find out (it does when a field of it is no number).</summary>
    public bool? Header { get; init; }

    /// <summary>The columns of a text file to take, in this order: names, or numbers from 1 where there is no header; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>How much the file may ask for.</summary>
    public ModelReadLimits Limits { get; init; } = ModelReadLimits.Default;

    /// <summary>Told about the bytes that are read; the total is not known of compressed files.</summary>
    public IProgress<OperationProgress>? Progress { get; init; }

    /// <summary>Stops the reading.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The error for rows that cannot be meant, or nothing.</summary>
    internal void Check()
    {
        if (Skip < 0 || First < 0)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, "The number of rows to skip or to take cannot be negative.");
        }
    }
}
