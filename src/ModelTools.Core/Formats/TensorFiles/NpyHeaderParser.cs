using System.Globalization;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>Reads the Python dictionary in the header of an array: <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (2, 3), }</c>.</summary>
internal sealed class NpyHeaderParser(string text, DataSource source)
{
    private const int MaximumRank = 64;

    private int _position;

    /// <summary>Reads it; anything but the three known keys is an error.</summary>
    public ArrayHeader Parse()
    {
        string? descriptor = null;
        bool? fortran = null;
        Shape? shape = null;
        Expect('{');
        while (!Accept('}'))
        {
            var key = ReadString();
            Expect(':');
            switch (key)
            {
                case "descr" when descriptor is null:
                    descriptor = Peek() == '[' ? throw Unsupported("records") : ReadString();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = ReadBoolean();
                    break;
                case "shape" when shape is null:
                    shape = ReadShape();
                    break;
                default:
                    throw Damaged();
            }

            if (!Accept(','))
            {
                Expect('}');
                break;
            }
        }

        return text.AsSpan(_position).Trim().IsEmpty && descriptor is not null && fortran is { } order && shape is not null
            ? Describe(descriptor, order, shape)
            : throw Damaged();
    }

    private ArrayHeader Describe(string descriptor, bool fortran, Shape shape)
    {
        if (descriptor.Length < 2 || !"<>|=".Contains(descriptor[0], StringComparison.Ordinal))
        {
            throw Damaged();
        }

        var type = descriptor[1];
        if (type == 'O')
        {
            throw new ModelToolsException(ErrorCode.ExecutableContent, "The array holds pickled Python objects, which could run code; it is not read.")
            {
                Advice = "Save the array with a numeric type: array.astype('float32').",
            };
        }

        if (!int.TryParse(descriptor.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            throw Unsupported($"elements of the type '{descriptor}'");
        }

        var big = descriptor[0] == '>';
        DType? dtype = (type, size) switch
        {
            ('b' or '?', 1) => DType.Bool,
            ('u', 1) => DType.UInt8,
            ('u', 2) => DType.UInt16,
            ('u', 4) => DType.UInt32,
            ('u', 8) => DType.UInt64,
            ('i', 1) => DType.Int8,
            ('i', 2) => DType.Int16,
            ('i', 4) => DType.Int32,
            ('i', 8) => DType.Int64,
            ('f', 2) => DType.Float16,
            ('f', 4) => DType.Float32,
            ('f', 8) => DType.Float64,
            ('c', 8) => DType.Complex64,
            ('c', 16) => DType.Complex128,
            _ => null,
        };
        return (type, dtype) switch
        {
            (_, { } number) => new ArrayHeader(ElementKind.Number, number, size, big, fortran, shape),
            ('S' or 'a', _) => new ArrayHeader(ElementKind.Bytes, DType.String, size, big, fortran, shape),
            ('U', _) when size <= int.MaxValue / 4 => new ArrayHeader(ElementKind.Text, DType.String, size * 4, big, fortran, shape),
            _ => throw Unsupported($"elements of the type '{descriptor}'"),
        };
    }

    private Shape ReadShape()
    {
        var dimensions = new List<long>();
        Expect('(');
        while (!Accept(')'))
        {
            SkipBlanks();
            var start = _position;
            while (_position < text.Length && char.IsAsciiDigit(text[_position]))
            {
                _position++;
            }

            if (!long.TryParse(text.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var dimension) || dimensions.Count == MaximumRank)
            {
                throw Damaged();
            }

            // Python 2 wrote an L behind long numbers.
            _position += _position < text.Length && text[_position] == 'L' ? 1 : 0;
            dimensions.Add(dimension);
            if (!Accept(','))
            {
                Expect(')');
                break;
            }
        }

        return Shape.Create([.. dimensions]);
    }

    private bool ReadBoolean()
    {
        SkipBlanks();
        foreach (var (word, value) in new[] { ("True", true), ("False", false) })
        {
            if (text.AsSpan(_position).StartsWith(word, StringComparison.Ordinal))
            {
                _position += word.Length;
                return value;
            }
        }

        throw Damaged();
    }

    private string ReadString()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            throw Damaged();
        }

        var end = text.IndexOf(quote, ++_position);
        if (end < 0)
        {
            throw Damaged();
        }

        var value = text[_position..end];
        _position = end + 1;
        return value;
    }

    private char Peek()
    {
        SkipBlanks();
        return _position < text.Length ? text[_position] : '\0';
    }

    private bool Accept(char character)
    {
        if (Peek() != character)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Expect(char character)
    {
        if (!Accept(character))
        {
            throw Damaged();
        }
    }

    private void SkipBlanks()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }
    }

    private ModelToolsException Damaged() => source.Corrupt("its header is not one that NumPy writes");

    private static ModelToolsException Unsupported(string what) =>
        new(ErrorCode.UnsupportedDType, $"The array holds {what}, which tensors do not have.");
}
