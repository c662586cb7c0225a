using System.Globalization;
using System.Text;

namespace ModelTools.Configuration.Json;

/// <summary>Writes values as Python's <c>json.dumps</c> does.</summary>
internal sealed class ConfigWriter(ConfigStyle style)
{
    private readonly StringBuilder _text = new();
    private int _level;

    public string Write(ConfigValue value)
    {
        Add(value);
        return _text.ToString();
    }

    private void Add(ConfigValue value)
    {
        switch (value)
        {
            case ConfigObject config:
                AddAll('{', '}', config.Count, config, AddMember);
                break;
            case ConfigArray array:
                AddAll('[', ']', array.Count, array, Add);
                break;
            case ConfigNumber number:
                _text.Append(number.Text);
                break;
            case ConfigString text:
                Add(text.Value);
                break;
            case ConfigBoolean boolean:
                _text.Append(boolean.Value ? "true" : "false");
                break;
            default:
                _text.Append("null");
                break;
        }
    }

    private void AddAll<T>(char open, char close, int count, IEnumerable<T> items, Action<T> add)
    {
        _text.Append(open);
        if (count > 0)
        {
            _level++;
            var first = true;
            foreach (var item in items)
            {
                _text.Append(first ? "" : style.ItemSeparator);
                StartLine();
                add(item);
                first = false;
            }

            _level--;
            StartLine();
        }

        _text.Append(close);
    }

    private void AddMember(KeyValuePair<string, ConfigValue> member)
    {
        Add(member.Key);
        _text.Append(style.KeySeparator);
        Add(member.Value);
    }

    private void StartLine()
    {
        if (style.Indent > 0)
        {
            _text.Append('\n').Append(' ', style.Indent * _level);
        }
    }

    private void Add(string value)
    {
        _text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append(@"\\"),
                '\n' => _text.Append(@"\n"),
                '\r' => _text.Append(@"\r"),
                '\t' => _text.Append(@"\t"),
                '\b' => _text.Append(@"\b"),
                '\f' => _text.Append(@"\f"),
                >= ' ' and <= '~' => _text.Append(character),
                _ => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
            };
        }

        _text.Append('"');
    }
}
