using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Models;

/// <summary>A model that is a layer of another one, under its own name.</summary>
[NotInRegistry]
public sealed record NestedModel : Layer
{
    /// <summary>Makes a layer of a model.</summary>
    /// <param name="model">The model inside.</param>
    public NestedModel(Model model)
    {
        Model = model;
        Name = model.Name;
    }

    /// <summary>The model inside.</summary>
    [ConfigIgnore]
    public Model Model { get; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override string ClassName => Model.ClassName;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool TakesList => Model.Inputs.Count > 1;

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        Model.Build(inputs);
        foreach (var layer in Model.AllLayers)
        {
            weights.Attach(layer.Weights!);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call) =>
        ModelRunner.Run(Model, call.Operators, layer => call.Weights.At(layer.Weights!), call.Inputs, call.Context);
}
