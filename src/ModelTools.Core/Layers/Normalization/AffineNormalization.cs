using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>A layer that brings its input to mean 0 and variance 1, then scales by gamma and shifts by beta.</summary>
public abstract record AffineNormalization : TensorLayer
{
    /// <summary>Added to the variance before the root.</summary>
    public double Epsilon { get; init; } = 0.001;

    /// <summary>Whether beta is added.</summary>
    public bool Center { get; init; } = true;

    /// <summary>Whether gamma is multiplied.</summary>
    public bool Scale { get; init; } = true;

    /// <summary>Makes beta.</summary>
    public Initializer BetaInitializer { get; init; } = new Zeros();

    /// <summary>Makes gamma.</summary>
    public Initializer GammaInitializer { get; init; } = new Ones();

    /// <summary>Penalty on beta.</summary>
    public Regularizer? BetaRegularizer { get; init; }

    /// <summary>Penalty on gamma.</summary>
    public Regularizer? GammaRegularizer { get; init; }

    /// <summary>Projection of beta.</summary>
    public Constraint? BetaConstraint { get; init; }

    /// <summary>Projection of gamma.</summary>
    public Constraint? GammaConstraint { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    public override void Validate()
    {
        if (!(Epsilon >= 0))
        {
            throw InvalidOption($"takes no negative {nameof(Epsilon)}.");
        }
    }

    /// <summary>Declares gamma and beta.</summary>
    private protected void AddScaleAndOffset(WeightBuilder weights, Shape shape)
    {
        if (Scale)
        {
            weights.Add("gamma", shape, GammaInitializer, GammaRegularizer, GammaConstraint);
        }

        if (Center)
        {
            weights.Add("beta", shape, BetaInitializer, BetaRegularizer, BetaConstraint);
        }
    }

    /// <summary>The axes as indices, ascending.</summary>
    private protected int[] AxesOf(IntegerList axes, Shape input)
    {
        var indices = axes.Select(axis => axis < 0 ? axis + input.Rank : axis).Order().ToArray();
        return indices is [>= 0, ..] && indices[^1] < input.Rank && indices.Distinct().Count() == indices.Length
            ? indices
            : throw UnfitInput($"cannot normalise the axes {axes} of an input of shape {input}.");
    }

    /// <summary>Half-precision statistics lose too much: they are computed in float32, as Keras does.</summary>
    private protected static T Widen<T>(IOperators<T> op, T x)
        where T : class => op.DTypeOf(x) is Tensors.DType.Float16 or Tensors.DType.BFloat16 ? op.Cast(x, Tensors.DType.Float32) : x;

    /// <summary>A weight in the type of the computation, or null if the layer does not have it.</summary>
    private protected static T? WeightOf<T>(IOperators<T> op, LayerCall<T> call, string name, T like)
        where T : class => call.Weights.Has(name) ? op.Cast(call.Weights.Kept(name), op.DTypeOf(like)) : null;
}
