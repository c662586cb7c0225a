using ModelTools.Diagnostics;

namespace ModelTools.Formats.TensorFiles;

/// <summary>Reads records of fields between separators (RFC 4180), one at a time.</summary>
/// <remarks>
/// Lines end with LF, CR LF or CR; empty lines are passed over, as are lines that begin with <c>#</c> in front of the first record (NumPy and
/// Windows PowerShell write such). A field in quotation marks may hold separators, line ends and doubled quotation marks.
/// </remarks>
internal sealed class CsvReader(TextReader reader, char separator, long longestRecord)
{
    private readonly char[] _buffer = new char[1 << 14];
    private readonly List<int> _ends = [];
    private char[] _text = new char[256];
    private int _textLength;
    private int _position;
    private int _count;
    private int _line = 1;
    private bool _started;

    /// <summary>Number of fields of the record that was read.</summary>
    public int FieldCount => _ends.Count;

    /// <summary>Line in which the record begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>A field of the record that was read; valid until the next one is.</summary>
    public ReadOnlySpan<char> Field(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return _text.AsSpan(start, _ends[index] - start);
    }

    /// <summary>Reads the next record; false at the end.</summary>
    /// <exception cref="ModelToolsException">MT1010: a quotation mark where none can be, or one that is not closed.</exception>
    public bool Read()
    {
        SkipEmptyLines();
        Line = _line;
        _started = true;
        _ends.Clear();
        _textLength = 0;
        if (Peek() < 0)
        {
            return false;
        }

        while (ReadField())
        {
        }

        return true;
    }

    /// <summary>An error with the line and the column (number of the field) where it is.</summary>
    public ModelToolsException Error(string what, int field) =>
        new(ErrorCode.CorruptTensorFile, $"Line {Line}, column {field + 1}: {what}.") { Location = $"line {Line}, column {field + 1}" };

    /// <summary>Reads a field and what ends it; true if another field follows.</summary>
    private bool ReadField()
    {
        if (Peek() == '"')
        {
            ReadQuoted();
        }
        else
        {
            for (var next = Peek(); next >= 0 && next != separator && next is not ('\n' or '\r'); next = Peek())
            {
                if (next == '"')
                {
                    throw Error("a quotation mark stands inside a field that does not begin with one", _ends.Count);
                }

                Append((char)Take());
            }
        }

        _ends.Add(_textLength);
        var end = Peek();
        if (end == separator)
        {
            Take();
            return true;
        }

        if (end is '\n' or '\r')
        {
            TakeLineEnd();
        }
        else if (end >= 0)
        {
            throw Error("text follows a closing quotation mark", _ends.Count - 1);
        }

        return false;
    }

    private void ReadQuoted()
    {
        Take();
        while (true)
        {
            switch (Peek())
            {
                case < 0:
                    throw Error("a quotation mark is not closed", _ends.Count);
                case '"':
                    Take();
                    if (Peek() != '"')
                    {
                        return;
                    }

                    Append((char)Take());
                    break;
                case '\n':
                    _line++;
                    Append((char)Take());
                    break;
                default:
                    Append((char)Take());
                    break;
            }
        }
    }

    private void SkipEmptyLines()
    {
        while (true)
        {
            var next = Peek();
            if (next is '\n' or '\r')
            {
                TakeLineEnd();
            }
            else if (next == '#' && !_started)
            {
                while (Peek() is >= 0 and not ('\n' or '\r'))
                {
                    Take();
                }
            }
            else
            {
                return;
            }
        }
    }

    private void TakeLineEnd()
    {
        _line++;
        if (Take() == '\r' && Peek() == '\n')
        {
            Take();
        }
    }

    private void Append(char character)
    {
        if (_textLength == _text.Length)
        {
            if (_textLength >= longestRecord)
            {
                throw new ModelToolsException(ErrorCode.SizeLimit, $"The row that begins in line {Line} has more than {longestRecord} characters.");
            }

            Array.Resize(ref _text, _text.Length * 2);
        }

        _text[_textLength++] = character;
    }

    private int Peek()
    {
        if (_position == _count)
        {
            _count = reader.Read(_buffer, 0, _buffer.Length);
            _position = 0;
            if (_count == 0)
            {
                return -1;
            }
        }

        return _buffer[_position];
    }

    private int Take()
    {
        var next = Peek();
        _position += next < 0 ? 0 : 1;
        return next;
    }
}
