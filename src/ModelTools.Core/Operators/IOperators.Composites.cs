using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <content>Operators that are made of others. Each has one meaning, given by its default.</content>
public partial interface IOperators<T>
{
    /// <summary>Adds a vector to the last axis.</summary>
    T BiasAdd(T x, T bias) => Binary(BinaryOperator.Add, x, bias);

    /// <summary>x · kernel + bias, over the last axis of x.</summary>
    /// <param name="x">The input: [..., features].</param>
    /// <param name="kernel">[features, units].</param>
    /// <param name="bias">[units], or null.</param>
    T Affine(T x, T kernel, T? bias) => bias is null ? MatMul(x, kernel) : BiasAdd(MatMul(x, kernel), bias);

    /// <summary>e^x normalised to sum 1 along an axis.</summary>
    T Softmax(T x, int axis = -1)
    {
        var shifted = Unary(UnaryOperator.Exp, Binary(BinaryOperator.Subtract, x, Reduce(Reduction.Maximum, x, [axis], true)));
        return Binary(BinaryOperator.Divide, shifted, Reduce(Reduction.Sum, shifted, [axis], true));
    }

    /// <summary>The logarithm of <see cref="Softmax"/>, without overflow.</summary>
    T LogSoftmax(T x, int axis = -1)
    {
        var shifted = Binary(BinaryOperator.Subtract, x, Reduce(Reduction.Maximum, x, [axis], true));
        return Binary(BinaryOperator.Subtract, shifted, Unary(UnaryOperator.Log, Reduce(Reduction.Sum, Unary(UnaryOperator.Exp, shifted), [axis], true)));
    }

    /// <summary>Mean and biased variance over axes.</summary>
    (T Mean, T Variance) Moments(T x, IReadOnlyList<int> axes, bool keepDimensions = false)
    {
        var mean = Reduce(Reduction.Mean, x, axes, true);
        var variance = Reduce(Reduction.Mean, Binary(BinaryOperator.SquaredDifference, x, mean), axes, keepDimensions);
        return (keepDimensions ? mean : Reduce(Reduction.Mean, x, axes), variance);
    }

    /// <summary>(x - mean) · scale / √(variance + epsilon) + offset; all four broadcast against x.</summary>
    /// <param name="x">The input.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="variance">The variance.</param>
    /// <param name="offset">Beta, or null.</param>
    /// <param name="scale">Gamma, or null.</param>
    /// <param name="epsilon">Added to the variance.</param>
    T Normalize(T x, T mean, T variance, T? offset, T? scale, double epsilon)
    {
        var factor = Unary(UnaryOperator.Rsqrt, Binary(BinaryOperator.Add, variance, this.Scalar(epsilon, variance)));
        if (scale is not null)
        {
            factor = Binary(BinaryOperator.Multiply, factor, scale);
        }

        var shift = Binary(BinaryOperator.Multiply, mean, factor);
        shift = offset is null ? Unary(UnaryOperator.Negate, shift) : Binary(BinaryOperator.Subtract, offset, shift);
        return Binary(BinaryOperator.Add, Binary(BinaryOperator.Multiply, x, factor), shift);
    }

    /// <summary>Zeroes a random part of the elements and scales the others by 1 / (1 - rate).</summary>
    /// <param name="x">The input.</param>
    /// <param name="rate">The part that is dropped, in [0, 1).</param>
    /// <param name="noiseShape">Extents of the random mask, which broadcasts; null for the input's.</param>
    /// <param name="seed">Seed of the random numbers, or null.</param>
    T Dropout(T x, double rate, IReadOnlyList<Dimension<T>>? noiseShape, int? seed)
    {
        var random = RandomUniform(DType.Float32, noiseShape ?? this.DimensionsOf(x), 0, 1, seed);
        var keep = Cast(Binary(BinaryOperator.GreaterEqual, random, this.Scalar(rate, random)), DTypeOf(x));
        return Binary(BinaryOperator.Multiply, Binary(BinaryOperator.Multiply, x, this.Scalar(1 / (1 - rate), x)), keep);
    }

    /// <summary>Brings [batch, height, width, channels] to a size.</summary>
    /// <exception cref="ModelToolsException">MT4002: the input's size is not known, and the implementation has no operator for that.</exception>
    T ResizeTo(T x, ImageResizing resizing) => ImageResampling.Resize(this, x, resizing);

    /// <summary>Crossentropy of a distribution against logits along the last axis: -Σ labels · log softmax(logits).</summary>
    T SoftmaxCrossEntropy(T labels, T logits) =>
        Unary(UnaryOperator.Negate, Reduce(Reduction.Sum, Binary(BinaryOperator.Multiply, labels, LogSoftmax(logits)), [-1]));

    /// <summary>Crossentropy of a class number against logits along the last axis: -log softmax(logits)[label].</summary>
    /// <param name="labels">Class numbers, int64, of the logits' shape without the last axis.</param>
    /// <param name="logits">Logits; the number of classes is known.</param>
    T SparseSoftmaxCrossEntropy(T labels, T logits)
    {
        var logarithms = LogSoftmax(logits);
        var isRight = Cast(OneHot(labels, (int)ShapeOf(logits)[^1], DTypeOf(logits)), DType.Bool);
        return Unary(UnaryOperator.Negate, Reduce(Reduction.Sum, Select(isRight, logarithms, this.Scalar(0, logarithms)), [-1]));
    }

    /// <summary>Crossentropy of a probability against a logit: max(x, 0) - x·z + log(1 + e^-|x|).</summary>
    T SigmoidCrossEntropy(T labels, T logits)
    {
        var loss = Binary(BinaryOperator.Subtract, Unary(UnaryOperator.Relu, logits), Binary(BinaryOperator.Multiply, logits, labels));
        return Binary(BinaryOperator.Add, loss, Unary(UnaryOperator.Log1p, Unary(UnaryOperator.Exp, Unary(UnaryOperator.Negate, Unary(UnaryOperator.Abs, logits)))));
    }
}
