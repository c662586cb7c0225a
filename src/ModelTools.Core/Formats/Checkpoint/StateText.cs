using System.Globalization;
using System.Text;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Reads <c>name: value</c> pairs of a flat text-format protocol buffer, tolerantly: what it does not know it passes over.</summary>
/// <param name="bytes">The text.</param>
internal sealed class StateText(byte[] bytes)
{
    private int _position;

    /// <summary>Name of the current field.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>The quoted value of the current field, or null where it is not quoted.</summary>
    public string? Value { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        while (_position < bytes.Length)
        {
            if (bytes[_position] == '#')
            {
                while (_position < bytes.Length && bytes[_position] != '\n')
                {
                    _position++;
                }
            }
            else if (IsWord(bytes[_position]))
            {
                var start = _position;
                while (_position < bytes.Length && IsWord(bytes[_position]))
                {
                    _position++;
                }

                Name = Encoding.ASCII.GetString(bytes, start, _position - start);
                Value = ReadValue();
                return true;
            }
            else
            {
                _position++;
            }
        }

        return false;
    }

    private static bool IsWord(byte value) => char.IsAsciiLetterOrDigit((char)value) || value == '_';

    private string? ReadValue()
    {
        while (_position < bytes.Length && (bytes[_position] is (byte)':' || char.IsWhiteSpace((char)bytes[_position])))
        {
            _position++;
        }

        if (_position < bytes.Length && bytes[_position] is (byte)'"' or (byte)'\'')
        {
            return ReadQuoted(bytes[_position++]);
        }

        while (_position < bytes.Length && !char.IsWhiteSpace((char)bytes[_position]))
        {
            _position++;
        }

        return null;
    }

    private string ReadQuoted(byte quote)
    {
        List<byte> text = [];
        while (_position < bytes.Length && bytes[_position] != quote)
        {
            var value = bytes[_position++];
            text.Add(value == '\\' && _position < bytes.Length ? ReadEscape() : value);
        }

        _position++;
        return Encoding.UTF8.GetString([.. text]);
    }

    private byte ReadEscape()
    {
        var value = bytes[_position++];
        return value switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'x' or (byte)'X' => ReadDigits(16, 2, 0),
            >= (byte)'0' and <= (byte)'7' => ReadDigits(8, 2, value - '0'),
            _ => value,
        };
    }

    private byte ReadDigits(int radix, int most, int value)
    {
        for (; most > 0 && _position < bytes.Length; most--, _position++)
        {
            if (!int.TryParse([(char)bytes[_position]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var digit) || digit >= radix)
            {
                break;
            }

            value = (value * radix) + digit;
        }

        return (byte)value;
    }
}
