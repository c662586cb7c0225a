using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>How elements lie in a file behind its header.</summary>
/// <param name="Kind">What an element is.</param>
/// <param name="DType">The type it becomes.</param>
/// <param name="ItemSize">Bytes per element in the file.</param>
/// <param name="BigEndian">Whether numbers begin with their high byte.</param>
/// <param name="Fortran">Whether the first axis varies fastest.</param>
/// <param name="Shape">The dimensions.</param>
internal sealed record ArrayHeader(ElementKind Kind, DType DType, int ItemSize, bool BigEndian, bool Fortran, Shape Shape);

/// <summary>What an element of a file is.</summary>
internal enum ElementKind
{
    /// <summary>A number or bool.</summary>
    Number,

    /// <summary>Bytes up to the first of the zeros at the end.</summary>
    Bytes,

    /// <summary>Code points of four bytes, up to the first of the zeros at the end.</summary>
    Text,
}
