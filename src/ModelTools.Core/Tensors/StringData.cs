using System.Text;

namespace ModelTools.Tensors;

/// <summary>Elements of a string tensor: byte strings, in row-major order.</summary>
/// <param name="elements">The strings; UTF-8 where they are text.</param>
public sealed class StringData(IReadOnlyList<byte[]> elements) : TensorData
{
    /// <summary>The elements.</summary>
    public IReadOnlyList<byte[]> Elements => elements;

    /// <summary>Bytes of all elements together.</summary>
    public override long Length => elements.Sum(element => (long)element.Length);

    /// <summary>The elements as text.</summary>
    public IReadOnlyList<string> ToStrings() => [.. elements.Select(Encoding.UTF8.GetString)];

    /// <summary>Not possible: elements have no fixed places.</summary>
    public override void Read(long offset, Span<byte> destination) =>
        throw new NotSupportedException("A string tensor is read by its elements.");
}
