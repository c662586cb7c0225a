using System.Runtime.InteropServices;
using System.Text.Json;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Layers;

/// <summary>One recorded case of fixtures/layers/cases.json: a layer, its inputs, and what Keras made of them.</summary>
internal sealed class LayerCase
{
    private static readonly JsonElement Recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFolders.Fixtures, "layers", "cases.json"))).RootElement;

    private readonly JsonElement _case;

    private LayerCase(JsonElement element)
    {
        _case = element;
    }

    public static IEnumerable<LayerCase> All => Recorded.EnumerateArray().Select(element => new LayerCase(element));

    public string Name => _case.GetProperty("name").GetString()!;

    public string ClassName => _case.GetProperty("class").GetString()!;

    public JsonElement Options => _case.GetProperty("options");

    public IReadOnlyList<Shape> InputShapes => [.. _case.GetProperty("inputs").EnumerateArray().Select(LayerArguments.ShapeOf)];

    /// <summary>Argument names of the inputs, null for those by position.</summary>
    public IReadOnlyList<string?> Keywords
    {
        get
        {
            var count = InputShapes.Count;
            if (Has("states"))
            {
                return [null, .. Enumerable.Repeat("initial_state", count - 1)];
            }

            return Options.TryGetProperty("arguments", out var names) ? [null, .. names.EnumerateArray().Skip(1).Select(name => name.GetString())] : new string?[count];
        }
    }

    public bool Training => Options.TryGetProperty("training", out var training) && training.GetBoolean();

    public IReadOnlyList<KerasDialect> Dialects => Result("both") is not null ? [KerasDialect.Keras2, KerasDialect.Keras3]
        : Enum.GetValues<KerasDialect>().Where(dialect => Result(dialect is KerasDialect.Keras2 ? "k2" : "k3") is not null).ToArray();

    public static LayerCase Named(string name) => All.Single(item => item.Name == name);

    public Layer Layer(KerasDialect dialect) => LayerArguments.Make(ClassName, _case.GetProperty("arguments"), dialect) with { Name = Name };

    public JsonElement Expected(KerasDialect dialect) => Result("both") ?? Result(dialect is KerasDialect.Keras2 ? "k2" : "k3")!.Value;

    public bool Has(string option) => Options.TryGetProperty(option, out _);

    public DType InputType(int index) => Has("ids") ? DType.Int32 : Options.TryGetProperty("bool", out var mask) && mask.GetInt32() == index ? DType.Bool : DType.Float32;

    public Tensor Input(int index)
    {
        var shape = InputShapes[index];
        var count = (int)shape.ElementCount;
        return InputType(index) switch
        {
            DType.Int32 => Tensor.FromArray<int>([.. Enumerable.Range(0, count).Select(i => i * 5 % Options.GetProperty("ids").GetInt32())], shape),
            DType.Bool => Tensor.FromArray<bool>([.. Enumerable.Range(0, count).Select(i => i * 5 % 4 != 0)], shape),
            _ => Tensor.FromArray<float>(Values(count, index), shape),
        };
    }

    /// <summary>The mask that an input carries, or null.</summary>
    public Tensor? Mask(int index)
    {
        var carried = (Has("mask") && index == 0) || (Options.TryGetProperty("masks", out var count) && index < count.GetInt32());
        if (!carried)
        {
            return null;
        }

        var seed = Has("mask") ? 0 : index;
        var shape = InputShapes[index].Slice(0, 2);
        var values = from b in Enumerable.Range(0, (int)shape[0]) from t in Enumerable.Range(0, (int)shape[1]) select ((b * 3) + (t * 5) + seed) % 4 != 0;
        return Tensor.FromArray<bool>([.. values], shape);
    }

    public static Tensor Weight(Variable variable, int index)
    {
        var values = Values((int)variable.Shape.ElementCount, 100 + index).Select(value => value * 0.5f);
        return Tensor.FromArray<float>([.. variable.Name.Contains("variance", StringComparison.Ordinal) ? values.Select(value => Math.Abs(value) + 0.5f) : values], variable.Shape);
    }

    public static float[] Floats(JsonElement text) => MemoryMarshal.Cast<byte, float>(text.GetBytesFromBase64()).ToArray();

    // The rule of make.py: exact integers, so that every language makes the same numbers.
    private static float[] Values(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(((((long)i * 7919) + (seed * 104729L)) % 2003 / 1001.5) - 1))];

    private JsonElement? Result(string key) => _case.TryGetProperty(key, out var result) ? result : null;
}
