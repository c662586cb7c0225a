using System.Globalization;
using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>A layer: its configuration, the weights it needs and what it computes. Keras: <c>keras.layers.Layer</c>.</summary>
/// <remarks>Immutable; the weights belong to the model. Most layers derive from <see cref="TensorLayer"/> or <see cref="MergeLayer"/>.</remarks>
public abstract record Layer : KerasObject
{
    /// <summary>Name, unique in its model; empty: the model chooses one as Keras does (<c>dense</c>, <c>dense_1</c> …).</summary>
    public string Name { get; init; } = "";

    /// <summary>False for a frozen layer: its weights do not train, and batch normalisation uses its moving averages.</summary>
    public virtual bool Trainable { get; init; } = true;

    /// <summary>Types of computation and weights.</summary>
    [ConfigKey("dtype")]
    public DTypePolicy DType { get; init; } = DTypePolicy.Float32;

    /// <summary>Shape of the first layer's input with the batch axis, where the layer says it itself (Keras 2, <c>-InputShape</c>).</summary>
    [ConfigKey("batch_input_shape")]
    [ConfigWrite(Keras3 = false, OnlyIfSet = true)]
    public virtual Shape? BatchInputShape { get; init; }

    /// <summary>True if the layer takes its inputs as one list (merge layers), false if as separate arguments.</summary>
    [ConfigIgnore]
    public virtual bool TakesList => false;

    /// <summary>True if training differs from inference.</summary>
    [ConfigIgnore]
    public virtual bool DependsOnTraining => false;

    /// <summary>Arguments whose shapes count when the layer is built, in the order in which they follow the inputs given by position.</summary>
    [ConfigIgnore]
    public virtual IReadOnlyList<string> BuildArguments => [];

    /// <summary>The layers inside this one, where it wraps others, in the order in which Keras makes them.</summary>
    internal virtual IReadOnlyList<Layer> Parts => [];

    /// <summary>The same layer around other ones.</summary>
    /// <param name="parts">As many as <see cref="Parts"/>, in its order.</param>
    internal virtual Layer WithParts(IReadOnlyList<Layer> parts) => this;

    /// <summary>Checks the options; called when the layer joins a model.</summary>
    /// <exception cref="ModelToolsException">MT3007: an option is not valid.</exception>
    public virtual void Validate()
    {
    }

    /// <summary>Declares the weights.</summary>
    /// <param name="inputs">Shapes of the inputs, batch first: those by position, then those of <see cref="BuildArguments"/> that are given.</param>
    /// <param name="weights">Takes the declarations.</param>
    /// <exception cref="ModelToolsException">MT3006: the layer cannot be built on such inputs.</exception>
    public virtual void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
    }

    /// <summary>Computes the outputs.</summary>
    /// <exception cref="ModelToolsException">MT3006: the inputs do not fit; MT4001/MT4002: this cannot be run.</exception>
    public abstract IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call)
        where T : class;

    /// <summary>Throws MT3007 for an option that must be at least <paramref name="minimum"/>.</summary>
    protected void RequireAtLeast(long value, long minimum, string option)
    {
        if (value < minimum)
        {
            throw InvalidOption($"cannot have {option} = {value}: the least is {minimum}.");
        }
    }

    /// <summary>Throws MT3007 unless an option has one value of at least <paramref name="minimum"/> for each axis.</summary>
    protected void RequirePerAxis(IntegerList values, int axes, int minimum, string option)
    {
        if (values.Count != axes)
        {
            throw InvalidOption($"takes one value or {axes} values for {option}, not {values}.");
        }

        foreach (var value in values)
        {
            RequireAtLeast(value, minimum, option);
        }
    }

    /// <summary>Throws MT3007 unless an option is a part of the whole: at least 0 and less than 1.</summary>
    protected void RequireFraction(double value, string option)
    {
        if (value is not (>= 0 and < 1))
        {
            throw InvalidOption(string.Create(CultureInfo.InvariantCulture, $"cannot have {option} = {value}: it must be at least 0 and less than 1."));
        }
    }

    /// <summary>Makes the error MT3007 for this layer.</summary>
    /// <param name="predicate">The rest of a sentence that starts with the layer, such as <c>cannot have Units = 0.</c></param>
    protected ModelToolsException InvalidOption(string predicate) =>
        new(ErrorCode.InvalidLayer, $"The layer {(Name.Length > 0 ? $"{Name} ({ClassName})" : ClassName)} {predicate}") { Location = Name };

    /// <summary>Makes the error MT3006 for this layer.</summary>
    /// <param name="predicate">The rest of a sentence that starts with the layer.</param>
    protected ModelToolsException UnfitInput(string predicate) =>
        new(ErrorCode.InputMismatch, $"The layer {Name} ({ClassName}) {predicate}") { Location = Name };

    /// <summary>Makes the error MT4002 for this layer.</summary>
    /// <param name="predicate">The rest of a sentence that starts with the layer.</param>
    protected ModelToolsException Unsupported(string predicate) =>
        new(ErrorCode.UnsupportedOption, $"The layer {Name} ({ClassName}) {predicate}") { Location = Name };

    /// <summary>Throws MT3006 unless an input has one of the given ranks.</summary>
    protected void RequireRank(Shape input, int minimum, int maximum = int.MaxValue)
    {
        if (input.Rank < minimum || input.Rank > maximum)
        {
            var wanted = minimum == maximum ? $"{minimum}" : maximum == int.MaxValue ? $"at least {minimum}" : $"{minimum} to {maximum}";
            throw UnfitInput($"takes inputs with {wanted} axes; its input has shape {input}.");
        }
    }
}
