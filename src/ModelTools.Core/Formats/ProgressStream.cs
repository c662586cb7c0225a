using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats;

/// <summary>Passes bytes on and tells how many of them are written.</summary>
/// <param name="target">Where the bytes go; it stays open.</param>
/// <param name="status">What is being written, for the reports.</param>
/// <param name="total">Bytes in all.</param>
/// <param name="progress">Told after each mebibyte; null if nobody listens.</param>
internal sealed class ProgressStream(Stream target, string status, long total, IProgress<OperationProgress>? progress) : WriteOnlyStream
{
    private const long Step = 1 << 20;

    private long _reported;

    /// <inheritdoc/>
    public override void Flush() => target.Flush();

    /// <inheritdoc/>
    protected override void Take(ReadOnlySpan<byte> bytes)
    {
        target.Write(bytes);
        var written = Position + bytes.Length;
        if (progress is not null && (written - _reported >= Step || written == total))
        {
            _reported = written;
            progress.Report(new OperationProgress(status, written, total));
        }
    }
}
