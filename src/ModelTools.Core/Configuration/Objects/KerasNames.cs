using ModelTools.Configuration.Json;
using ModelTools.Layers;
using ModelTools.Objects;

namespace ModelTools.Configuration;

/// <summary>Where the generations, or the releases of one, differ in names: the spelling that most of them read.</summary>
internal static class KerasNames
{
    /// <summary>Members of Keras 2 configs that Keras 3 refuses and Keras 2 can do without, with the value that says nothing.</summary>
    /// <remarks>A file without them loads in both. <c>*</c> stands for every class.</remarks>
    private static readonly (string Class, string Key, ConfigValue Nothing)[] RefusedByKeras3 =
    [
        ("DepthwiseConv1D", "groups", 1),
        ("DepthwiseConv2D", "groups", 1),
        ("SeparableConv1D", "groups", 1),
        ("SeparableConv2D", "groups", 1),
        ("Conv1DTranspose", "groups", 1),
        ("Conv2DTranspose", "groups", 1),
        ("Conv3DTranspose", "groups", 1),
        ("Conv1DTranspose", "output_padding", ConfigNull.Value),
        ("Conv2DTranspose", "output_padding", ConfigNull.Value),
        ("Conv3DTranspose", "output_padding", ConfigNull.Value),
        ("Conv3DTranspose", "dilation_rate", ConfigArray.Create(1, 1, 1)),
        ("*", "time_major", false),
        ("BatchNormalization", "fused", ConfigNull.Value),
        ("BatchNormalization", "virtual_batch_size", ConfigNull.Value),
        ("Softmax", "robust_masking", false),
        ("MultiHeadAttention", "softmax_robust_masking", false),
        ("Attention", "causal", false),
        ("AdditiveAttention", "causal", false),
        ("SpatialDropout1D", "trainable", true),
        ("SpatialDropout2D", "trainable", true),
        ("SpatialDropout3D", "trainable", true),
        ("SpatialDropout1D", "noise_shape", ConfigNull.Value),
        ("SpatialDropout2D", "noise_shape", ConfigNull.Value),
        ("SpatialDropout3D", "noise_shape", ConfigNull.Value),
        ("Embedding", "input_length", ConfigNull.Value),
        ("*", "jit_compile", false),
        ("InputLayer", "optional", false),
        ("InputLayer", "ragged", false),
    ];

    /// <summary>Members that Keras 2 writes although nothing depends on them, and that Keras 3 refuses.</summary>
    private static readonly (string Class, string Key)[] WithoutUse =
    [
        ("SeparableConv1D", "kernel_initializer"), ("SeparableConv1D", "kernel_regularizer"), ("SeparableConv1D", "kernel_constraint"),
        ("SeparableConv2D", "kernel_initializer"), ("SeparableConv2D", "kernel_regularizer"), ("SeparableConv2D", "kernel_constraint"),
        ("RandomFlip", "rng_type"), ("RandomRotation", "rng_type"), ("RandomZoom", "rng_type"), ("RandomTranslation", "rng_type"), ("RandomContrast", "rng_type"),
        ("RandomBrightness", "rng_type"),
    ];

    /// <summary>The class name to write.</summary>
    public static string ClassName(KerasObject value, KerasDialect dialect) => (value.ClassName, dialect) switch
    {
        // Keras 3 up to 3.4 knows these two under the long name only, later ones under both.
        ("Orthogonal", KerasDialect.Keras3) when value is Initializer => "OrthogonalInitializer",
        ("Identity", KerasDialect.Keras3) when value is Initializer => "IdentityInitializer",
        _ => value.ClassName,
    };

    /// <summary>A Keras 2 config without the members that only keep Keras 3 from reading it; a Keras 3 config without those of newer releases that say nothing.</summary>
    /// <remarks>The low-rank adaption of a layer is added to its kernel when it is read, so that it is no longer there to be written.</remarks>
    public static ConfigObject WithoutRefusedKeys(KerasObject value, ConfigObject config, WriteContext context)
    {
        if (context.Dialect is KerasDialect.Keras3)
        {
            var empty = value.UnknownMembers.Where(member => member.Value == "null").Select(member => member.Key);
            return config.Without([.. empty, "lora_rank", "lora_alpha"]);
        }

        var refused = RefusedByKeras3.Where(row => (row.Class == "*" || row.Class == value.ClassName) && row.Nothing.Equals(config.Find(row.Key)));
        var useless = WithoutUse.Where(row => row.Class == value.ClassName);
        // Keras 2 takes an optimizer without this mark for one of its older classes, Keras 3 none with it.
        IEnumerable<string> mark = context.ForBothGenerations ? ["is_legacy_optimizer"] : [];
        return config.Without([.. refused.Select(row => row.Key), .. useless.Select(row => row.Key), .. mark]);
    }
}
