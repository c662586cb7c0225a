using ModelTools.Configuration.Json;
using ModelTools.Tensors;

namespace ModelTools.Configuration;

/// <summary>Reads <c>inbound_nodes</c> in the forms of both generations.</summary>
/// <param name="layerNames">Names of the graph's layers, which tell a tensor from a list that looks like one.</param>
/// <param name="context">Where the graph is.</param>
internal sealed class CallReader(IReadOnlySet<string> layerNames, ReadContext context)
{
    /// <summary>The name that stands for a constant among tensors in Keras 2.</summary>
    public const string ConstantName = "_CONSTANT_VALUE";

    /// <summary>Reads all calls of a layer.</summary>
    public IReadOnlyList<CallRecord> ReadAll(ConfigValue? inboundNodes) => inboundNodes switch
    {
        null or ConfigNull => [],
        ConfigArray nodes => [.. nodes.Select(Read)],
        _ => throw context.At("inbound_nodes").Unexpected(inboundNodes, "a list"),
    };

    /// <summary>Reads [name, call, output] and what may stand behind it; null if the value is no such list.</summary>
    public static TensorReference? AsReference(ConfigValue value) =>
        value is ConfigArray { Count: >= 3 } leaf && leaf[0] is ConfigString name && Index(leaf[1]) is { } node && Index(leaf[2]) is { } tensor
            ? new TensorReference(name.Value, node, tensor)
            : null;

    private CallRecord Read(ConfigValue node)
    {
        var record = new CallRecord();
        if (node is ConfigObject call && call.Find("args") is ConfigArray arguments)
        {
            ReadArgument(record, arguments);
            foreach (var (key, value) in call.FindObject("kwargs") ?? ConfigObject.Empty)
            {
                ReadKeyword(record, key, value, KerasTensor);
            }
        }
        else
        {
            ReadLeaves(record, node);
        }

        return record;
    }

    // Keras 3: tensors may stand anywhere; what holds none is a constant.
    private static void ReadArgument(CallRecord record, ConfigValue value)
    {
        if (KerasTensor(value) is { } tensor)
        {
            record.AddTensor(tensor);
            return;
        }

        var items = value switch
        {
            ConfigArray array when array.Count == 0 || HoldsTensor(array) => array,
            ConfigObject members when HoldsTensor(members) => members.Values,
            _ => null,
        };
        if (items is null)
        {
            record.AddConstant(value);
            return;
        }

        foreach (var item in items)
        {
            ReadArgument(record, item);
        }
    }

    // Keras 2: leaves [name, call, output, arguments] in lists; each leaf repeats the other arguments.
    private void ReadLeaves(CallRecord record, ConfigValue value)
    {
        if (value is ConfigArray { Count: >= 3 } constant && constant[0] is ConfigString { Value: ConstantName })
        {
            record.AddConstant(constant[2]);
            ReadKeywords(record, constant);
            return;
        }

        if (AsReference(value) is { } tensor)
        {
            record.AddTensor(tensor);
            ReadKeywords(record, (ConfigArray)value);
            return;
        }

        IEnumerable<ConfigValue> items = value switch
        {
            ConfigArray array => array,
            ConfigObject members => members.Values,
            _ => throw context.At("inbound_nodes").Unexpected(value, "a call of a layer"),
        };
        foreach (var item in items)
        {
            ReadLeaves(record, item);
        }
    }

    private void ReadKeywords(CallRecord record, ConfigArray leaf)
    {
        if (leaf.Count < 4 || leaf[3] is not ConfigObject keywords)
        {
            return;
        }

        foreach (var (key, value) in keywords)
        {
            if (!record.Keywords.Contains(key))
            {
                ReadKeyword(record, key, value, KnownReference);
            }
        }
    }

    private static void ReadKeyword(CallRecord record, string key, ConfigValue value, Func<ConfigValue, TensorReference?> asTensor)
    {
        if (asTensor(value) is { } tensor)
        {
            record.AddTensor(key, tensor);
        }
        else if (value is ConfigArray { Count: > 0 } items && items.All(item => asTensor(item) is not null))
        {
            foreach (var item in items)
            {
                record.AddTensor(key, asTensor(item)!);
            }
        }
        else
        {
            record.AddArgument(key, value);
        }
    }

    private TensorReference? KnownReference(ConfigValue value) => AsReference(value) is { } reference && layerNames.Contains(reference.Layer) ? reference : null;

    private static TensorReference? KerasTensor(ConfigValue value) =>
        value is ConfigObject tagged && tagged.Find("class_name") is ConfigString { Value: "__keras_tensor__" } && tagged.FindObject("config") is { } config
        && config.Find("keras_history") is { } history && AsReference(history) is { } reference
            ? reference with { Spec = SpecOf(config) }
            : null;

    private static TensorSpec? SpecOf(ConfigObject config) =>
        ValueReader.TryShape(config.Find("shape")) is { } shape && config.Find("dtype") is ConfigString name && DTypes.TryParse(name.Value, out var dtype)
            ? new TensorSpec(dtype, shape)
            : null;

    private static bool HoldsTensor(ConfigValue value) => KerasTensor(value) is not null || value switch
    {
        ConfigArray items => items.Any(HoldsTensor),
        ConfigObject members => members.Values.Any(HoldsTensor),
        _ => false,
    };

    private static int? Index(ConfigValue value) => value is ConfigNumber number && number.TryGetInt64(out var index) && index is >= 0 and <= int.MaxValue ? (int)index : null;
}
