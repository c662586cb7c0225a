using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>A loss that is given by its name only, as in <c>loss="mse"</c>; files keep the name.</summary>
/// <remarks><c>crossentropy</c> and <c>ce</c> mean what fits the data's shapes, as in Keras.</remarks>
/// <param name="Identifier">The name: a class, its snake-case name, or an alias such as <c>mse</c>.</param>
[NotInRegistry]
public sealed record NamedLoss(string Identifier) : Loss
{
    /// <inheritdoc/>
    public override string ClassName => Identifier;

    /// <inheritdoc/>
    protected override string DefaultName => Identifier;

    /// <inheritdoc/>
    public override Loss Resolve(Shape target, Shape prediction)
    {
        Loss found = Identifier switch
        {
            "crossentropy" or "ce" => TargetKinds.Of(target, prediction) switch
            {
                TargetKind.Binary => new BinaryCrossentropy(),
                TargetKind.ClassNumbers => new SparseCategoricalCrossentropy(),
                _ => new CategoricalCrossentropy(),
            },
            _ => Find(Identifier),
        };
        return found with { Name = Name, Dialect = Dialect, Reduction = Reduction };
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction) => throw new InvalidOperationException($"The loss {Identifier} must be resolved before it is computed.");

    private static Loss Find(string name)
    {
        var schema = ObjectRegistry<Loss>.Find(name) ?? throw new ModelToolsException(ErrorCode.UnknownName,
            $"There is no loss {name}; known are crossentropy, {string.Join(", ", ObjectRegistry<Loss>.All.Select(known => SnakeCase.Of(known.ClassName)))}.");
        return (Loss)schema.Create(new Dictionary<string, object?>());
    }
}
