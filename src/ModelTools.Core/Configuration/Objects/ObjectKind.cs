using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Configuration;

/// <summary>A kind of Keras object that may stand inside of a configuration: where Keras keeps it, and how a name becomes a class.</summary>
/// <param name="Type">The base record.</param>
/// <param name="Module">Keras's public module, such as <c>keras.initializers</c>.</param>
/// <param name="Find">Finds a class by name.</param>
/// <param name="Unknown">Makes the object that stands for a class that is not known: class name and JSON text; null where there is none.</param>
internal sealed record ObjectKind(Type Type, string Module, Func<string, ObjectSchema?> Find, Func<string, string, KerasObject>? Unknown)
{
    private static readonly ObjectKind[] All =
    [
        new(typeof(Layer), "keras.layers", ObjectRegistry<Layer>.Find, (name, json) => new UnknownLayer(name, json)),
        new(typeof(Initializer), "keras.initializers", ObjectRegistry<Initializer>.Find, (name, json) => new UnknownInitializer(name, json)),
        new(typeof(Regularizer), "keras.regularizers", ObjectRegistry<Regularizer>.Find, (name, json) => new UnknownRegularizer(name, json)),
        new(typeof(Constraint), "keras.constraints", ObjectRegistry<Constraint>.Find, (name, json) => new UnknownConstraint(name, json)),
        new(typeof(Loss), "keras.losses", ObjectRegistry<Loss>.Find, null),
        new(typeof(Metric), "keras.metrics", ObjectRegistry<Metric>.Find, null),
        new(typeof(Optimizer), "keras.optimizers", ObjectRegistry<Optimizer>.Find, null),
        new(typeof(LearningRateSchedule), "keras.optimizers.schedules", ObjectRegistry<LearningRateSchedule>.Find, null),
    ];

    /// <summary>Layers.</summary>
    public static ObjectKind Layer => All[0];

    /// <summary>The kind to which a type of objects belongs, or null.</summary>
    public static ObjectKind? Of(Type type) => Array.Find(All, kind => type.IsAssignableTo(kind.Type));

    /// <summary>The class that a serialised object names, if it is one of Keras's own.</summary>
    /// <remarks>A user's class may carry the name of one of Keras's (<c>MyPackage&gt;Dense</c>, module <c>my_code</c>): it is another class.</remarks>
    /// <param name="className">The member <c>class_name</c>.</param>
    /// <param name="module">The member <c>module</c>, or null.</param>
    public ObjectSchema? FindBuiltIn(string className, string? module)
    {
        // tf.keras 2.11 to 2.15 writes its own optimizers as Custom>Adam.
        var name = className.StartsWith("Custom>", StringComparison.Ordinal) && Type == typeof(Optimizer) ? className["Custom>".Length..] : className;
        return !name.Contains('>', StringComparison.Ordinal) && IsOfKeras(module) ? Find(name) : null;
    }

    private bool IsOfKeras(string? module)
    {
        if (module is null or "builtins")
        {
            return true;
        }

        var isOfKeras = module.Split('.') is ["keras" or "tf_keras", ..] or ["tensorflow", "keras", ..] or ["tensorflow", "python", "keras", ..];
        return isOfKeras && !(Type == typeof(Layer) && module.Contains(".ops", StringComparison.Ordinal));
    }
}
