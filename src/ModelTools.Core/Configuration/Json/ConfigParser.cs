using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ModelTools.Diagnostics;

namespace ModelTools.Configuration.Json;

/// <summary>Reads one JSON text in the grammar of Python's <c>json</c> module.</summary>
internal ref struct ConfigParser
{
    private const int ShortestIndexedObject = 8;

    // Python's own limit for the digits of an int.
    private const int LongestNumber = 4300;

    // A text that is only made to keep the reader busy: the rest says nothing new.
    private const int MostDuplicates = 100;
    private const int LongestStep = 200;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 32).Select(code => (byte)code)]);
    private static readonly string[] Words = ["null", "true", "false", "NaN", "Infinity", "-Infinity"];

    private readonly ReadOnlySpan<byte> _text;
    private readonly ModelReadLimits _limits;
    private readonly List<string> _duplicates = [];
    private readonly List<object> _path = [];
    private int _position;
    private int _values;

    public ConfigParser(ReadOnlySpan<byte> text, ModelReadLimits limits)
    {
        if (text.Length > limits.MaximumTextBytes)
        {
            throw new ModelToolsException(ErrorCode.SizeLimit, $"The configuration has {text.Length} bytes; at most {limits.MaximumTextBytes} are read.");
        }

        _text = text;
        _limits = limits;
        _position = text.StartsWith("\uFEFF"u8) ? 3 : 0;
    }

    private readonly byte Current => _position < _text.Length ? _text[_position] : (byte)0;

    public ConfigDocument Parse()
    {
        SkipBlanks();
        var root = ReadValue();
        SkipBlanks();
        return _position == _text.Length ? new ConfigDocument(root, _duplicates) : throw Unexpected("the end of the text");
    }

    private ConfigValue ReadValue()
    {
        if (++_values > _limits.MaximumObjects)
        {
            throw new ModelToolsException(ErrorCode.StructureLimit, $"The configuration has more than {_limits.MaximumObjects} values.");
        }

        return Current switch
        {
            (byte)'{' => ReadObject(),
            (byte)'[' => ReadArray(),
            (byte)'"' => new ConfigString(ReadString()),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') when !Sees("-Infinity") => ReadNumber(),
            _ => ReadWord(),
        };
    }

    private ConfigObject ReadObject()
    {
        var members = new List<KeyValuePair<string, ConfigValue>>();
        Dictionary<string, int>? places = null;
        Enter('}', out var empty);
        for (var more = !empty; more; more = ReadSeparator('}'))
        {
            if (Current != '"')
            {
                throw Unexpected("a key in quotation marks");
            }

            var key = ReadString();
            SkipBlanks();
            Expect(':');
            _path.Add(key);
            var value = ReadValue();
            if (Find(members, ref places, key) is >= 0 and var place)
            {
                NoteDuplicate();
                members[place] = new(key, value);
            }
            else
            {
                members.Add(new(key, value));
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return ConfigObject.Adopt([.. members]);
    }

    private ConfigArray ReadArray()
    {
        var items = new List<ConfigValue>();
        Enter(']', out var empty);
        for (var more = !empty; more; more = ReadSeparator(']'))
        {
            _path.Add(items.Count);
            items.Add(ReadValue());
            _path.RemoveAt(_path.Count - 1);
        }

        return ConfigArray.Adopt([.. items]);
    }

    /// <summary>The place of a key among the members so far; hashes only where there are many, so that no text makes it slow.</summary>
    private static int Find(List<KeyValuePair<string, ConfigValue>> members, ref Dictionary<string, int>? places, string key)
    {
        if (members.Count < ShortestIndexedObject)
        {
            return members.FindIndex(member => member.Key == key);
        }

        places ??= new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = places.Count; i < members.Count; i++)
        {
            places.Add(members[i].Key, i);
        }

        return places.GetValueOrDefault(key, -1);
    }

    /// <summary>Passes an opening bracket, and the closing one of an empty value.</summary>
    private void Enter(char close, out bool empty)
    {
        if (_path.Count >= _limits.MaximumDepth)
        {
            throw new ModelToolsException(ErrorCode.StructureLimit, $"The configuration is nested deeper than {_limits.MaximumDepth} levels.") { Location = Where(_position) };
        }

        _position++;
        SkipBlanks();
        empty = Current == close;
        _position += empty ? 1 : 0;
    }

    /// <summary>Passes a comma (true) or the closing bracket (false).</summary>
    private bool ReadSeparator(char close)
    {
        SkipBlanks();
        if (Current == close && _position < _text.Length)
        {
            _position++;
            return false;
        }

        Expect(',', $"',' or '{close}'");
        return true;
    }

    private ConfigValue ReadWord()
    {
        foreach (var word in Words)
        {
            if (Sees(word))
            {
                _position += word.Length;
                return word switch
                {
                    "null" => ConfigNull.Value,
                    "true" => ConfigBoolean.True,
                    "false" => ConfigBoolean.False,
                    _ => ConfigNumber.FromText(word),
                };
            }
        }

        throw Unexpected("a value");
    }

    private readonly bool Sees(string word)
    {
        var rest = _text[_position..];
        if (rest.Length < word.Length)
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            if (rest[i] != word[i])
            {
                return false;
            }
        }

        return true;
    }

    private ConfigNumber ReadNumber()
    {
        var start = _position;
        _position += Current == '-' ? 1 : 0;
        if (Current == '0')
        {
            _position++;
        }
        else
        {
            ReadDigits();
        }

        if (Current == '.')
        {
            _position++;
            ReadDigits();
        }

        if (Current is (byte)'e' or (byte)'E')
        {
            _position++;
            _position += Current is (byte)'+' or (byte)'-' ? 1 : 0;
            ReadDigits();
        }

        if (_position - start > LongestNumber)
        {
            throw Error($"A number has more than {LongestNumber} digits", start);
        }

        return ConfigNumber.FromText(Encoding.ASCII.GetString(_text[start.._position]));
    }

    private void ReadDigits()
    {
        var length = _text[_position..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        length = length < 0 ? _text.Length - _position : length;
        if (length == 0)
        {
            throw Unexpected("a digit");
        }

        _position += length;
    }

    private string ReadString()
    {
        var start = ++_position;
        StringBuilder? joined = null;
        while (true)
        {
            var length = _text[_position..].IndexOfAny(StringEnds);
            if (length < 0)
            {
                throw Error("The text ends inside a string that begins", start - 1);
            }

            var plain = Decode(_text.Slice(_position, length));
            _position += length;
            switch (Current)
            {
                case (byte)'"':
                    _position++;
                    return joined is null ? plain : joined.Append(plain).ToString();
                case (byte)'\\':
                    joined = (joined ?? new StringBuilder()).Append(plain).Append(ReadEscape());
                    break;
                default:
                    throw Error($"A string holds the control character {Current}", _position);
            }
        }
    }

    private readonly string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw Error("A string is not valid UTF-8", _position + Math.Max(error.Index, 0));
        }
    }

    private char ReadEscape()
    {
        var start = _position++;
        var code = (char)Current;
        _position++;
        switch (code)
        {
            case '"' or '\\' or '/':
                return code;
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'u' when _text.Length - _position >= 4 && ushort.TryParse(_text.Slice(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                _position += 4;
                return (char)unit;
            default:
                throw Error("A string holds an escape that JSON does not know", start);
        }
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && _text[_position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _position++;
        }
    }

    /// <summary>Passes one character and the blanks after it.</summary>
    private void Expect(char character, string? expected = null)
    {
        if (Current != character)
        {
            throw Unexpected(expected ?? $"'{character}'");
        }

        _position++;
        SkipBlanks();
    }

    private readonly ModelToolsException Unexpected(string expected) => _position >= _text.Length
        ? Error($"The configuration stops in the middle: {expected} is missing", _position)
        : Error($"The configuration is not JSON: {expected} is expected", _position);

    private readonly ModelToolsException Error(string what, int position) =>
        new(ErrorCode.CorruptConfiguration, $"{what} at {Where(position)}.") { Location = _path.Count > 0 ? PathText() : null };

    private readonly string Where(int position)
    {
        var before = _text[..Math.Min(position, _text.Length)];
        var line = before.Count((byte)'\n') + 1;
        var column = before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column} (byte {before.Length})");
    }

    private readonly void NoteDuplicate()
    {
        if (_duplicates.Count < MostDuplicates)
        {
            _duplicates.Add(PathText());
        }
    }

    private readonly string PathText()
    {
        var text = new StringBuilder();
        foreach (var step in CollectionsMarshal.AsSpan(_path))
        {
            _ = step is int index ? text.Append(CultureInfo.InvariantCulture, $"[{index}]") : text.Append(text.Length > 0 ? "." : "").Append(PlainText.Shortened((string)step, LongestStep));
        }

        return text.ToString();
    }
}
