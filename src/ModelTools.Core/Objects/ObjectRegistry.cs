using System.Reflection;

namespace ModelTools.Objects;

/// <summary>The closed table of known classes of one kind, by Keras's names: nothing outside of it can be made from a file.</summary>
/// <typeparam name="T">The kind: layers, initializers, optimizers …</typeparam>
public static class ObjectRegistry<T>
    where T : KerasObject
{
    private static readonly Dictionary<string, ObjectSchema> ByName = Collect();

    /// <summary>All classes, ordered by name.</summary>
    public static IReadOnlyList<ObjectSchema> All { get; } = [.. ByName.Values.Distinct().OrderBy(schema => schema.ClassName, StringComparer.Ordinal)];

    /// <summary>Finds a class by its name, an alias or its snake-case name (<c>glorot_uniform</c>), in any case; null if there is none.</summary>
    public static ObjectSchema? Find(string name) => ByName.GetValueOrDefault(name);

    private static Dictionary<string, ObjectSchema> Collect()
    {
        var table = new Dictionary<string, ObjectSchema>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in typeof(T).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsPublic: true } && type.IsAssignableTo(typeof(T)) && !type.IsDefined(typeof(NotInRegistryAttribute), false)))
        {
            var schema = ObjectSchema.For(type);
            IEnumerable<string> names = [schema.ClassName, SnakeCase.Of(schema.ClassName), .. type.GetCustomAttribute<ObjectAliasAttribute>()?.Names ?? []];
            foreach (var name in names)
            {
                table.TryAdd(name, schema);
            }
        }

        return table;
    }
}
