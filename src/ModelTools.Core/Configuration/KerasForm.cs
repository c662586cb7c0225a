namespace ModelTools.Configuration;

/// <summary>How much Keras writes of a layer beside <c>class_name</c> and <c>config</c>.</summary>
public enum KerasForm
{
    /// <summary>Nothing: legacy HDF5 files, SavedModels and <c>to_json</c> of Keras 2.</summary>
    Plain,

    /// <summary><c>module</c>, <c>registered_name</c> and <c>build_config</c>: <c>.keras</c> archives and <c>to_json</c> of Keras 3.</summary>
    WithModules,
}
