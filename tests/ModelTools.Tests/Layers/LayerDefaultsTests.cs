using System.Text.Json;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Layers;

/// <summary>Every class has Keras's options and defaults, by the real get_config() of both generations (fixtures/layers/defaults.json).</summary>
public class LayerDefaultsTests
{
    // Keys of one generation that mean nothing here. They are kept when read and not needed when written.
    private static readonly string[] Needless =
    [
        "quantization_config", "renorm", "renorm_clipping", "renorm_momentum", "input_length", "implementation", "query_shape", "key_shape", "value_shape",
        "softmax_robust_masking", "rng_type", "optional", "num_constants", "value_range",
    ];

    private static readonly JsonElement Recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFolders.Fixtures, "layers", "defaults.json"))).RootElement;

    [Theory]
    [InlineData(KerasDialect.Keras2)]
    [InlineData(KerasDialect.Keras3)]
    public void Layers_have_the_options_and_defaults_of_Keras(KerasDialect dialect)
    {
        var compared = 0;
        var failures = new List<string>();
        foreach (var schema in ObjectRegistry<Layer>.All)
        {
            if (Of(dialect, schema.ClassName) is { } config)
            {
                compared++;
                failures.AddRange(Differences(schema, config, dialect));
            }
        }

        Assert.Empty(failures);
        Assert.True(compared >= 90, $"Only {compared} classes were compared.");
    }

    [Theory]
    [InlineData(KerasDialect.Keras2)]
    [InlineData(KerasDialect.Keras3)]
    public void Initializers_regularizers_and_constraints_have_the_options_and_defaults_of_Keras(KerasDialect dialect)
    {
        var failures = new List<string>();
        var compared = 0;
        Compare<Initializer>("initializers");
        Compare<Regularizer>("regularizers");
        Compare<Constraint>("constraints");
        Assert.Empty(failures);
        Assert.True(compared >= 20, $"Only {compared} classes were compared.");

        void Compare<T>(string kind)
            where T : KerasObject
        {
            foreach (var schema in ObjectRegistry<T>.All)
            {
                if (Of(dialect, $"{kind}.{schema.ClassName}") is { } config)
                {
                    compared++;
                    failures.AddRange(Differences(schema, config, dialect));
                }
            }
        }
    }

    [Fact]
    public void Every_class_of_the_recording_that_is_in_scope_is_known()
    {
        string[] scope = [.. LayerCase.All.Select(item => item.ClassName).Distinct()];
        Assert.All(scope, name => Assert.NotNull(ObjectRegistry<Layer>.Find(name)));
    }

    /// <summary>What Keras derives from other options, and so do we.</summary>
    private static bool IsDerived(ObjectSchema schema, string key) =>
        (schema.ClassName, key) is (nameof(Bidirectional), "backward_layer") or (nameof(MultiHeadAttention), "value_dim") or (nameof(Embedding), "batch_input_shape") or (nameof(Discretization), "bin_boundaries")
        or ("ConvLSTM1D" or "ConvLSTM2D" or "ConvLSTM3D", "recurrent_activation");

    private static JsonElement? Of(KerasDialect dialect, string name) =>
        Recorded.GetProperty(dialect is KerasDialect.Keras2 ? "keras2" : "keras3").TryGetProperty(name, out var config) ? config : null;

    private static IEnumerable<string> Differences(ObjectSchema schema, JsonElement config, KerasDialect dialect)
    {
        var known = schema.Properties.ToDictionary(property => property.KeyIn(dialect));
        foreach (var member in config.EnumerateObject().Where(member => !Needless.Contains(member.Name) && !IsDerived(schema, member.Name)))
        {
            if (!known.TryGetValue(member.Name, out var property))
            {
                if (!(dialect is KerasDialect.Keras2 && IsUnused(schema, member.Name)))
                {
                    yield return $"{schema.ClassName} lacks {member.Name}";
                }
            }
            else if (!property.IsRequired && property.Default is not Layer && LayerArguments.Json(property.Default) is var ours && ours != LayerArguments.Json(member.Value) && !IsArgument(schema, member.Name))
            {
                yield return $"{schema.ClassName}.{member.Name}: {ours} instead of {LayerArguments.Json(member.Value)}";
            }
        }

        var written = schema.Properties.Where(property => property.IsRequired || (!property.OnlyIfSet && (dialect is KerasDialect.Keras2 ? property.WriteKeras2 : property.WriteKeras3)));
        foreach (var property in written.Where(property => property.Name is not ("Name" or "Trainable" or "DType") && !config.TryGetProperty(property.KeyIn(dialect), out _)))
        {
            yield return $"{schema.ClassName} writes {property.KeyIn(dialect)}, which Keras does not know";
        }
    }

    /// <summary>Keras 2 writes options of the base class that these layers do not use.</summary>
    private static bool IsUnused(ObjectSchema schema, string key) =>
        schema.Type.IsAssignableTo(typeof(DepthwiseConvolution)) || schema.Type.IsAssignableTo(typeof(TransposedConvolution)) ? key == "groups"
        : schema.Type.IsAssignableTo(typeof(SeparableConvolution)) ? key is "groups" or "kernel_initializer" or "kernel_regularizer" or "kernel_constraint"
        : schema.Type.IsAssignableTo(typeof(SpatialDropout)) && key == "noise_shape";

    /// <summary>Options to which the recording gave a value.</summary>
    private static bool IsArgument(ObjectSchema schema, string key) => key is "rate" or "scale" && schema.Positional.Contains(key, StringComparer.OrdinalIgnoreCase);
}
