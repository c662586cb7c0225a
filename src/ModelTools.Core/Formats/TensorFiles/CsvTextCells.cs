using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>Fields as they are.</summary>
internal sealed class CsvTextCells : ICsvCells
{
    private readonly List<string> _values = [];

    public void Add(CsvReader reader, int column) => _values.Add(reader.Field(column).ToString());

    public Tensor ToTensor(Shape shape) => Tensor.FromStrings(_values, shape);
}
