namespace ModelTools.Formats.TensorFiles;

/// <summary>A picture's bytes for the decoder, which goes on reading zeros behind the end of a damaged file, without end: this stops it.</summary>
/// <param name="file">The whole file.</param>
internal sealed class BoundedImageStream(byte[] file) : MemoryStream(file, writable: false)
{
    // A sound picture is read ahead by a few bytes.
    private const int ReadAhead = 64;

    private int _overrun;

    /// <inheritdoc/>
    public override int ReadByte()
    {
        var value = base.ReadByte();
        return value >= 0 ? value : Overrun(value);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = base.Read(buffer, offset, count);
        return read == count ? read : Overrun(read);
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin loc) =>
        base.Seek(offset, loc) is var position && position <= Length ? position : throw new EndOfStreamException();

    private int Overrun(int result) => ++_overrun <= ReadAhead ? result : throw new EndOfStreamException();
}
