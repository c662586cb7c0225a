using ModelTools.Configuration.Json;

namespace ModelTools.Tests.Support;

/// <summary>Changes configurations in a repeatable way that keeps them JSON: what a byte's damage never reaches.</summary>
internal static class ConfigMutation
{
    private static readonly string[] Values =
    [
        "0", "1", "2", "3", "7", "-1", "-2", "65537", "1073741824", "2147483647", "-2147483648", "9223372036854775807", "9223372036854775808", "1e18", "1e400", "NaN", "Infinity", "0.5",
        "null", "true", "false", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\u001b[2J\"", "\"</script>\"", "\"../../x\"", "\"a/b\"", "\"relu\"", "\"softmax\"", "\"same\"", "\"causal\"", "\"channels_first\"",
        "\"float16\"", "\"int64\"", "\"string\"", "\"complex64\"", "\"mixed_float16\"", "\"Dense\"", "\"Sequential\"", "\"Functional\"", "\"Lambda\"", "\"LSTM\"", "\"TimeDistributed\"", "\"InputLayer\"",
        "[]", "{}", "[[]]", "[null]", "[0]", "[1, 1]", "[-1, -1]", "[3, 3, 3]", "[null, 0]", "[null, 1000000000000]", "[2147483647, 2147483647]", "[null, 3000000000, 3000000000]",
        "{\"class_name\": \"Dense\"}", "{\"class_name\": \"Dense\", \"config\": null}", "{\"class_name\": 5}", "{\"class_name\": \"Sequential\", \"config\": {\"layers\": []}}",
        "{\"class_name\": \"__tuple__\", \"items\": [1, 2]}", "{\"class_name\": \"function\", \"config\": \"eval\", \"module\": \"builtins\"}", "{\"module\": \"os\", \"class_name\": \"system\", \"config\": \"id\"}",
    ];

    /// <summary>Replaces, moves, repeats, drops or wraps one to three of the values.</summary>
    public static ConfigValue Mutate(ConfigValue root, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var all = new List<ConfigValue>();
            Collect(root, all);
            var (target, other) = (all[random.Next(all.Count)], all[random.Next(all.Count)]);
            root = Replace(root, target, Changed(target, other, random));
        }

        return root;
    }

    private static ConfigValue Changed(ConfigValue target, ConfigValue other, Random random) => random.Next(8) switch
    {
        0 => other,
        1 when target is ConfigArray { Count: > 0 } items => ConfigArray.Create([.. items, items[random.Next(items.Count)]]),
        2 when target is ConfigArray { Count: > 0 } items => ConfigArray.Create(items.Skip(1)),
        3 when target is ConfigArray { Count: > 0 } items => ConfigArray.Create(items.Select(item => item is ConfigNumber or ConfigNull ? Any(random) : item)),
        4 when target is ConfigObject { Count: > 0 } members => members.Without(members.Keys.ElementAt(random.Next(members.Count))),
        5 => ConfigArray.Create([target]),
        6 when target is ConfigString text => text.Value + "\u001b\n'\"",
        _ => Any(random),
    };

    private static ConfigValue Any(Random random) => ConfigValue.Parse(Values[random.Next(Values.Length)]);

    private static void Collect(ConfigValue value, List<ConfigValue> all)
    {
        all.Add(value);
        foreach (var inner in value switch { ConfigArray items => items, ConfigObject members => members.Values, _ => [] })
        {
            Collect(inner, all);
        }
    }

    private static ConfigValue Replace(ConfigValue value, ConfigValue target, ConfigValue change) => ReferenceEquals(value, target) ? change : value switch
    {
        ConfigArray items => ConfigArray.Create(items.Select(item => Replace(item, target, change))),
        ConfigObject members => ConfigObject.Create(members.Select(member => KeyValuePair.Create(member.Key, Replace(member.Value, target, change)))),
        _ => value,
    };
}
