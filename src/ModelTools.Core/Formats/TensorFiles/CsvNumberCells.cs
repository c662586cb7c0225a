using System.Runtime.InteropServices;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>Fields as numbers: whole ones as long as all are, so that none loses a digit.</summary>
/// <param name="target">The type of the result; null for int32, int64 or float32, whichever the numbers need first.</param>
internal sealed class CsvNumberCells(DType? target) : ICsvCells
{
    private List<long>? _integers = [];
    private List<double> _numbers = [];

    public void Add(CsvReader reader, int column)
    {
        var field = reader.Field(column);
        if (_integers is not null)
        {
            if (CsvNumber.TryParseInteger(field, out var integer))
            {
                _integers.Add(integer);
                return;
            }

            _numbers = _integers.ConvertAll(value => (double)value);
            _integers = null;
        }

        if (!CsvNumber.TryParse(field, out var number))
        {
            throw field.IsWhiteSpace()
                ? reader.Error("there is no value", column)
                : reader.Error($"'{Shorten(field)}' is not a number", column);
        }

        _numbers.Add(number);
    }

    public Tensor ToTensor(Shape shape)
    {
        if (_integers is null)
        {
            return Tensor.FromArray<double>(Small(_numbers), shape).Cast(target ?? DType.Float32);
        }

        var integers = Tensor.FromArray<long>(Small(_integers), shape);
        return integers.Cast(target ?? (_integers.TrueForAll(value => value == (int)value) ? DType.Int32 : DType.Int64));
    }

    private static Span<T> Small<T>(List<T> values) => values.Count <= int.MaxValue / 8
        ? CollectionsMarshal.AsSpan(values)
        : throw new ModelToolsException(ErrorCode.SizeLimit, $"The text holds {values.Count} numbers, too many to be read at once.") { Advice = "Read it in parts with -First and -Skip." };

    private static string Shorten(ReadOnlySpan<char> field) => field.Length <= 40 ? field.ToString() : $"{field[..40]}…";
}
