using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <summary>Short words for the vocabulary, so that a layer reads like its formula.</summary>
public static class OperatorExtensions
{
    extension(IReadOnlyList<int> list)
    {
        private int IndexOf(int value)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] == value)
                {
                    return i;
                }
            }

            return -1;
        }
    }

    extension<T>(IOperators<T> op)
        where T : class
    {
        /// <summary>a + b.</summary>
        public T Add(T a, T b) => op.Binary(BinaryOperator.Add, a, b);

        /// <summary>a - b.</summary>
        public T Subtract(T a, T b) => op.Binary(BinaryOperator.Subtract, a, b);

        /// <summary>a · b.</summary>
        public T Multiply(T a, T b) => op.Binary(BinaryOperator.Multiply, a, b);

        /// <summary>a / b.</summary>
        public T Divide(T a, T b) => op.Binary(BinaryOperator.Divide, a, b);

        /// <summary>The larger one.</summary>
        public T Maximum(T a, T b) => op.Binary(BinaryOperator.Maximum, a, b);

        /// <summary>The smaller one.</summary>
        public T Minimum(T a, T b) => op.Binary(BinaryOperator.Minimum, a, b);

        /// <summary>x + number.</summary>
        public T Add(T x, double number) => op.Binary(BinaryOperator.Add, x, op.Scalar(number, x));

        /// <summary>x · number.</summary>
        public T Multiply(T x, double number) => op.Binary(BinaryOperator.Multiply, x, op.Scalar(number, x));

        /// <summary>number - x.</summary>
        public T SubtractFrom(double number, T x) => op.Binary(BinaryOperator.Subtract, op.Scalar(number, x), x);

        /// <summary>max(x, number).</summary>
        public T Maximum(T x, double number) => op.Binary(BinaryOperator.Maximum, x, op.Scalar(number, x));

        /// <summary>min(x, number).</summary>
        public T Minimum(T x, double number) => op.Binary(BinaryOperator.Minimum, x, op.Scalar(number, x));

        /// <summary>x limited to [minimum, maximum].</summary>
        public T Clip(T x, double minimum, double maximum) => op.Minimum(op.Maximum(x, minimum), maximum);

        /// <summary>-x.</summary>
        public T Negate(T x) => op.Unary(UnaryOperator.Negate, x);

        /// <summary>|x|.</summary>
        public T Abs(T x) => op.Unary(UnaryOperator.Abs, x);

        /// <summary>e^x.</summary>
        public T Exp(T x) => op.Unary(UnaryOperator.Exp, x);

        /// <summary>Natural logarithm.</summary>
        public T Log(T x) => op.Unary(UnaryOperator.Log, x);

        /// <summary>√x.</summary>
        public T Sqrt(T x) => op.Unary(UnaryOperator.Sqrt, x);

        /// <summary>x².</summary>
        public T Square(T x) => op.Unary(UnaryOperator.Square, x);

        /// <summary>max(x, 0).</summary>
        public T Relu(T x) => op.Unary(UnaryOperator.Relu, x);

        /// <summary>x, or slope · x below 0.</summary>
        public T LeakyRelu(T x, double slope) => op.Add(op.Relu(x), op.Multiply(op.Minimum(x, 0), slope));

        /// <summary>1 / (1 + e^-x).</summary>
        public T Sigmoid(T x) => op.Unary(UnaryOperator.Sigmoid, x);

        /// <summary>Hyperbolic tangent.</summary>
        public T Tanh(T x) => op.Unary(UnaryOperator.Tanh, x);

        /// <summary>Sum over axes.</summary>
        public T Sum(T x, IReadOnlyList<int> axes, bool keepDimensions = false) => op.Reduce(Reduction.Sum, x, axes, keepDimensions);

        /// <summary>Sum of all elements, a scalar.</summary>
        public T SumAll(T x) => op.Reduce(Reduction.Sum, x, [.. Enumerable.Range(0, op.ShapeOf(x).Rank)]);

        /// <summary>x / √max(Σx², epsilon) along axes.</summary>
        public T L2Normalize(T x, IReadOnlyList<int> axes, double epsilon) =>
            op.Multiply(x, op.Unary(UnaryOperator.Rsqrt, op.Maximum(op.Sum(op.Square(x), axes, true), epsilon)));

        /// <summary>Mean over axes.</summary>
        public T Mean(T x, IReadOnlyList<int> axes, bool keepDimensions = false) => op.Reduce(Reduction.Mean, x, axes, keepDimensions);

        /// <summary>A number as a scalar of another tensor's type.</summary>
        public T Scalar(double number, T like) => op.Fill(op.DTypeOf(like), [], number);

        /// <summary>An extent as a scalar.</summary>
        public T Scalar(Dimension<T> extent, DType dtype) => extent.Value is { } value && !extent.IsKnown ? op.Cast(value, dtype) : op.Fill(dtype, [], extent.Known);

        /// <summary>A vector (or a tensor of a few axes) so shaped that it broadcasts along given axes of a tensor of rank <paramref name="rank"/>.</summary>
        /// <param name="x">A tensor whose axes are, in order, the given axes.</param>
        /// <param name="axes">The axes, not negative, ascending.</param>
        /// <param name="rank">Rank of the tensor to broadcast against.</param>
        public T AlongAxes(T x, IReadOnlyList<int> axes, int rank)
        {
            var sizes = op.DimensionsOf(x);
            return axes.Count == 1 && axes[0] == rank - 1
                ? x
                : op.Reshape(x, [.. Enumerable.Range(0, rank).Select(axis => axes.IndexOf(axis) is >= 0 and var place ? sizes[place] : 1)]);
        }

        /// <summary>Number of axes.</summary>
        public int RankOf(T x) => op.ShapeOf(x).Rank;

        /// <summary>All extents of a tensor, known or running.</summary>
        public Dimension<T>[] DimensionsOf(T x) => [.. Enumerable.Range(0, op.ShapeOf(x).Rank).Select(axis => op.DimensionOf(x, axis))];
    }
}
