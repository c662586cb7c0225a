using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>Words of Keras's losses and metrics that the vocabulary of operators does not have.</summary>
internal static class TensorMath
{
    /// <summary>Keras's <c>epsilon()</c>.</summary>
    public const double Epsilon = 1e-7;

    extension<T>(IOperators<T> op)
        where T : class
    {
        /// <summary>a / b, and 0 where b is 0.</summary>
        public T DivideNoNaN(T a, T b)
        {
            var isZero = op.Binary(BinaryOperator.Equal, b, op.Scalar(0, b));
            return op.Select(isZero, op.Scalar(0, a), op.Divide(a, op.Select(isZero, op.Scalar(1, b), b)));
        }

        /// <summary>x^number.</summary>
        public T Power(T x, double exponent) => op.Binary(BinaryOperator.Power, x, op.Scalar(exponent, x));

        /// <summary>x - number.</summary>
        public T Subtract(T x, double number) => op.Add(x, -number);

        /// <summary>The number of a tensor's elements, as a scalar of a type.</summary>
        public T CountOf(T x, DType dtype)
        {
            var shape = op.ShapeOf(x);
            return shape.All(extent => extent >= 0)
                ? op.Fill(dtype, [], shape.ElementCount)
                : op.SumAll(op.Fill(dtype, op.DimensionsOf(x), 1));
        }

        /// <summary>The sum of all elements.</summary>
        public T SumAll(T x) => op.Sum(x, AllAxes(op.RankOf(x)));

        /// <summary>The mean of all elements.</summary>
        public T MeanAll(T x) => op.Mean(x, AllAxes(op.RankOf(x)));

        /// <summary>1 where two tensors are equal, else 0.</summary>
        public T Matches(T a, T b) => op.Cast(op.Binary(BinaryOperator.Equal, a, b), DType.Float32);

        /// <summary>True where x is greater than a number.</summary>
        public T IsGreater(T x, double number) => op.Binary(BinaryOperator.Greater, x, op.Scalar(number, x));

        /// <summary>x as single precision, unless it is double precision.</summary>
        public T AsFloat(T x) => op.DTypeOf(x) is DType.Float32 or DType.Float64 ? x : op.Cast(x, DType.Float32);

        /// <summary>x in another tensor's type.</summary>
        public T CastLike(T x, T like) => op.DTypeOf(x) == op.DTypeOf(like) ? x : op.Cast(x, op.DTypeOf(like));

        /// <summary>Gives two tensors whose ranks differ by a last axis of 1 the same rank (Keras: <c>squeeze_or_expand_to_same_rank</c>).</summary>
        public (T A, T B) AlignRanks(T a, T b)
        {
            var (rankA, rankB) = (op.RankOf(a), op.RankOf(b));
            if (rankA == rankB + 1 && op.ShapeOf(a)[^1] == 1)
            {
                return rankB == 1 ? (a, op.ExpandDimensions(b, -1)) : (op.Squeeze(a, -1), b);
            }

            if (rankB == rankA + 1 && op.ShapeOf(b)[^1] == 1)
            {
                return rankA == 1 ? (op.ExpandDimensions(a, -1), b) : (a, op.Squeeze(b, -1));
            }

            return (a, b);
        }

        /// <summary>Gives weights the rank of the values that they weigh: a last axis of 1 goes, missing axes come.</summary>
        public T AlignWeights(T values, T weights)
        {
            var rank = op.RankOf(values);
            while (op.RankOf(weights) > rank && op.ShapeOf(weights)[^1] == 1)
            {
                weights = op.Squeeze(weights, -1);
            }

            while (op.RankOf(weights) > 0 && op.RankOf(weights) < rank)
            {
                weights = op.ExpandDimensions(weights, -1);
            }

            return weights;
        }

        /// <summary>Class numbers as int64, without a last axis of 1 where they have the predictions' rank.</summary>
        public T ClassNumbers(T target, int predictionRank)
        {
            var labels = op.RankOf(target) == predictionRank && op.ShapeOf(target)[^1] == 1 ? op.Squeeze(target, -1) : target;
            return op.DTypeOf(labels) is DType.Int64 ? labels : op.Cast(labels, DType.Int64);
        }

        /// <summary>x / ‖x‖ along an axis, where the norm is not smaller than a floor.</summary>
        public T UnitVectors(T x, int axis, double floor) =>
            op.Multiply(x, op.Unary(UnaryOperator.Rsqrt, op.Maximum(op.Sum(op.Square(x), [axis], true), floor * floor)));
    }

    /// <summary>0, 1, …: every axis of a tensor.</summary>
    public static int[] AllAxes(int rank) => [.. Enumerable.Range(0, rank)];
}
