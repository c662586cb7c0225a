using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>Collects fields, row by row.</summary>
internal interface ICsvCells
{
    /// <summary>Takes in a field of the reader's record.</summary>
    void Add(CsvReader reader, int column);

    /// <summary>All that was taken in.</summary>
    Tensor ToTensor(Shape shape);
}
