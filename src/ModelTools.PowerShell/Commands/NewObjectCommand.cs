using System.Management.Automation;
using ModelTools.Configuration;
using ModelTools.Infrastructure;
using ModelTools.Objects;
using ModelTools.Parameters;

namespace ModelTools.Commands;

/// <summary>What the cmdlets have in common that make an object of a Keras class, whose parameters the class decides.</summary>
public abstract class NewObjectCommand : ModelToolsCmdlet, IDynamicParameters
{
    /// <summary>The class's name in any case, or one of Keras's other names for it.</summary>
    public abstract string ClassName { get; set; }

    /// <inheritdoc/>
    public object? GetDynamicParameters() => ClassName.Length == 0 ? null
        : Find(ClassName) is { } schema ? ObjectParameters.For(schema, 1) : ObjectParameters.ForUnknown();

    /// <summary>Finds a class, or null.</summary>
    protected abstract ObjectSchema? Find(string name);

    /// <summary>Makes the object that the parameters describe.</summary>
    /// <typeparam name="T">The kind of object.</typeparam>
    /// <exception cref="Diagnostics.ModelToolsException">MT6006: no such class; MT3007, MT6004: a value does not fit.</exception>
    protected T Create<T>()
        where T : KerasObject =>
        KerasArguments.Create<T>(ClassName, Find(ClassName) is { } schema ? ObjectParameters.Given(schema, MyInvocation.BoundParameters) : []);
}
