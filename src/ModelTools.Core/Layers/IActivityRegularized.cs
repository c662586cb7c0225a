using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>A layer whose output can be penalised.</summary>
public interface IActivityRegularized
{
    /// <summary>Penalty on the output.</summary>
    Regularizer? ActivityRegularizer { get; }

    /// <summary>Adds the penalty to the pass's losses, per element of the batch as Keras does.</summary>
    internal void AddPenalty<T>(LayerCall<T> call, T output)
        where T : class
    {
        if (ActivityRegularizer is { } regularizer)
        {
            var op = call.Operators;
            var penalty = regularizer.Penalty(op, output);
            call.Context.AddLoss(op.RankOf(output) == 0 ? penalty : op.Divide(penalty, op.Scalar(op.DimensionOf(output, 0), op.DTypeOf(penalty))));
        }
    }
}
