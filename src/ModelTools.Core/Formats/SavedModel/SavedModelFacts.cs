namespace ModelTools.Formats.SavedModel;

/// <summary>Names and numbers of the format that several of its parts need.</summary>
internal static class SavedModelFacts
{
    /// <summary>The file that makes a directory a SavedModel.</summary>
    public const string FileName = "saved_model.pb";

    /// <summary>The Keras part.</summary>
    public const string KerasMetadataFileName = "keras_metadata.pb";

    /// <summary>The structure of a model that Keras 2 cannot rebuild; TensorFlow leaves files in <c>assets.extra</c> to other programs.</summary>
    public const string StructureFileName = "assets.extra/keras/config.json";

    /// <summary>Prefix of the weights' checkpoint inside the directory.</summary>
    public const string VariablesPrefix = "variables/variables";

    /// <summary>The tag that servers look for.</summary>
    public const string ServeTag = "serve";

    /// <summary>The signature that is used when none is named.</summary>
    public const string ServingSignature = "serving_default";

    /// <summary>The signature that names the operation to run first.</summary>
    public const string InitSignature = "__saved_model_init_op";

    /// <summary>The TensorFlow release whose graphs these are.</summary>
    public const string TensorFlowVersion = "2.11.0";

    /// <summary>Graph version of that release.</summary>
    public const int Producer = 1286;

    /// <summary>Oldest graph version that can read it.</summary>
    public const int MinimumConsumer = 12;
}
