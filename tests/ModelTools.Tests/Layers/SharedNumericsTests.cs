using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;
using ModelTools.Tests.Torch;
using ModelTools.Torch.Operators;
using TorchSharp;

namespace ModelTools.Tests.Layers;

/// <summary>Activations and layers on edge cases: extreme values, half precision, masks with gaps (the shared numerics fixtures).</summary>
public class SharedNumericsTests
{
    public static TheoryData<string> LayerNames => [.. Layers.Keys, .. Resizes.Keys];

    private static readonly DTypePolicy Half = new("float16");

    private static readonly Dictionary<string, Layer> Layers = new()
    {
        ["norm/ln_normal_0.001"] = new LayerNormalization(),
        ["norm/ln_normal_1e-06"] = new LayerNormalization { Epsilon = 1e-6 },
        ["norm/ln_normal_1e-12"] = new LayerNormalization { Epsilon = 1e-12 },
        ["norm/ln_constant_1e-06"] = new LayerNormalization { Epsilon = 1e-6 },
        ["norm/ln_large_1e-06"] = new LayerNormalization { Epsilon = 1e-6 },
        ["norm/bn_normal_0.001"] = new BatchNormalization(),
        ["norm/bn_constant_1e-12"] = new BatchNormalization { Epsilon = 1e-12 },
        ["norm/bn_large_0.001"] = new BatchNormalization(),
        ["norm/gn_normal"] = new GroupNormalization(2),
        ["norm/gn_constant"] = new GroupNormalization(2),
        ["norm/gn_large"] = new GroupNormalization(2),
        ["norm/unit_normal"] = new UnitNormalization(),
        ["norm/unit_constant"] = new UnitNormalization(),
        ["norm/unit_large"] = new UnitNormalization(),
        ["norm/unit_zero"] = new UnitNormalization(),
        ["norm/ln_half"] = new LayerNormalization { DType = Half },
        ["norm/gn_half"] = new GroupNormalization(2) { DType = Half },
        ["norm/ln_half_large"] = new LayerNormalization { DType = Half },
        ["norm/bn_half"] = new BatchNormalization { DType = Half },
        ["norm/rms_half"] = new RMSNormalization { DType = Half },
        ["norm/normalization_zero_variance"] = new Normalization { Mean = new[] { 1.0, 2.0 }, Variance = new[] { 0.0, 1e-20 } },
        ["dense/special"] = new Dense(2),
        ["dense/half"] = new Dense(3) { DType = Half },
        ["rnn/length1"] = new LSTM(2),
        ["rnn/long"] = new GRU(3),
        ["rnn/saturated"] = new LSTM(2),
        ["rnn/mask_LSTM_forth"] = new LSTM(2) { ReturnSequences = true },
        ["rnn/mask_LSTM_back"] = new LSTM(2) { ReturnSequences = true, GoBackwards = true },
        ["rnn/mask_GRU_forth"] = new GRU(2) { ReturnSequences = true },
        ["rnn/mask_GRU_back"] = new GRU(2) { ReturnSequences = true, GoBackwards = true },
        ["rnn/mask_SimpleRNN_forth"] = new SimpleRNN(2) { ReturnSequences = true },
        ["rnn/mask_SimpleRNN_back"] = new SimpleRNN(2) { ReturnSequences = true, GoBackwards = true },
        ["attention/dot_masked"] = new Attention(),
        ["attention/mha_masked"] = new MultiHeadAttention(2, 2),
        ["merge/cosine_zero"] = new Dot(1) { Normalize = true },
        ["merge/max_nan"] = new Maximum(),
        ["merge/rescaling"] = new Rescaling(1 / 127.5) { Offset = -1 },
        ["resize/center_crop_odd"] = new CenterCrop(4, 3),
    };

    private static readonly Dictionary<string, Layer> Resizes = new(
        from interpolation in Enum.GetValues<Interpolation>()
        let name = interpolation.ToString().ToLowerInvariant()
        from row in new (string Name, Layer Layer)[]
        {
            ($"resize/up_22_{name}", new UpSampling2D(2) { Interpolation = interpolation }),
            ($"resize/up_32_{name}", new UpSampling2D(new[] { 3, 2 }) { Interpolation = interpolation }),
            ($"resize/up_14_{name}", new UpSampling2D(new[] { 1, 4 }) { Interpolation = interpolation }),
            ($"resize/to_3x3_{name}", new Resizing(3, 3) { Interpolation = interpolation }),
            ($"resize/to_5x9_{name}", new Resizing(5, 9) { Interpolation = interpolation }),
            ($"resize/to_1x1_{name}", new Resizing(1, 1) { Interpolation = interpolation }),
            ($"resize/to_7x6_{name}", new Resizing(7, 6) { Interpolation = interpolation }),
        }
        where row.Layer is UpSampling2D || interpolation <= Interpolation.Bicubic
        select KeyValuePair.Create(row.Name, row.Layer));

    [SkippableTheory]
    [MemberData(nameof(LayerNames))]
    public void Layers_agree_with_Keras_on_edge_cases(string name)
    {
        Engine.Require();
        var recorded = Recorded.Numerics();
        foreach (var dialect in Enum.GetValues<KerasDialect>())
        {
            if (Read($"{name}.out0") is not { } expected)
            {
                continue;
            }

            var masked = name.StartsWith("rnn/mask", StringComparison.Ordinal) ? 0 : name == "attention/dot_masked" ? 1 : -1;
            var inputs = Enumerable.Range(0, 2).Select(i => (Value: Read($"{name}.in{i}"), Mask: i == masked ? Read(masked == 0 ? "rnn/mask.value" : "attention/value_mask.value") : null)).Where(input => input.Value is not null).ToList();
            var keywords = new List<string?>(new string?[inputs.Count]);
            var arguments = new Dictionary<string, string>();
            if (name == "attention/mha_masked")
            {
                inputs.Add((Repeated(Read("attention/value_mask.value")!, 3), null));
                keywords.Add("attention_mask");
                arguments["return_attention_scores"] = "true";
            }

            var context = new CallContext<torch.Tensor> { Dialect = dialect };
            using var run = new LayerRun((Layers.GetValueOrDefault(name) ?? Resizes[name]) with { Name = "layer" }, [.. inputs.Select(input => (input.Value!, input.Mask))], keywords, (_, i) => Read($"{name}.w{i}")!, context, arguments);

            // Keras 2 normalises half precision in half precision, we in single. A constant row of 7 is 7 · 1000 minus the same in either.
            var tolerance = expected.DType is DType.Float16 ? 1e-2 : name.Contains("constant", StringComparison.Ordinal) ? 1e-3 : 2e-5;
            Assert.Null(Compare.Difference(run.Outputs[0], expected, tolerance));
            if (Read($"{name}.out1") is { } second)
            {
                Assert.Null(Compare.Difference(run.Outputs[1], second, tolerance));
            }

            Tensor? Read(string path) => In(path, dialect) is { } place ? recorded.Read(place) : null;
        }
    }

    [SkippableTheory]
    [InlineData("activation", 1e-5)]
    [InlineData("activation_grid", 1e-5)]
    [InlineData("activation_half", 2e-3)]
    [InlineData("rows", 1e-5)]
    public void Activations_agree_with_Keras(string group, double tolerance)
    {
        Engine.Require();
        var recorded = Recorded.Numerics();
        using var op = new TorchOperators();
        var compared = 0;
        var failures = new List<string>();

        // Of huge equal logits Keras's sparsemax makes zeros by rounding; its ordinary values are among the recorded layers.
        foreach (var name in Activations.Names.Where(name => name != "sparsemax"))
        {
            foreach (var dialect in Enum.GetValues<KerasDialect>())
            {
                if (In($"{group}/{name}.out0", dialect) is not { } output)
                {
                    continue;
                }

                using var scope = torch.NewDisposeScope();
                var input = op.Constant(recorded.Read(In($"{group}/{name}.in0", dialect)!));
                var actual = TorchMemory.Download(Activations.Find(name, dialect)!.Apply(op, input));
                compared++;
                if (Compare.Difference(actual, recorded.Read(output), tolerance) is { } difference)
                {
                    failures.Add($"{name} ({dialect}): {difference}");
                }
            }
        }

        Assert.Empty(failures);
        Assert.True(compared >= (group == "rows" ? 5 : 40), $"Only {compared} were compared.");
    }

    /// <summary>Where the frameworks differ, the array stands in a group of their own.</summary>
    private static string? In(string path, KerasDialect dialect)
    {
        var recorded = Recorded.Numerics();
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var own = $"{path[..slash]}.{(dialect is KerasDialect.Keras2 ? "k2" : "k3")}{path[slash..]}";
        return recorded.Has(own) ? own : recorded.Has(path) ? path : null;
    }

    private static Tensor Repeated(Tensor mask, int times)
    {
        var rows = mask.AsSpan<bool>().ToArray().Chunk((int)mask.Shape[1]);
        return Tensor.FromArray<bool>([.. rows.SelectMany(row => Enumerable.Repeat(row, times).SelectMany(copy => copy))], [mask.Shape[0], times, mask.Shape[1]]);
    }
}
