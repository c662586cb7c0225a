using ModelTools.Models;
using ModelTools.Tensors;
using TorchSharp;

namespace ModelTools.Torch;

/// <summary>Computes small models on one thread.</summary>
/// <remarks>
/// Two threads meet at the end of every operation. For a step of a few milliseconds that costs as much as the second thread saves, and several
/// times the step on a machine that has other work to do. The choice follows from the model alone, so that numbers do not depend on the moment.
/// </remarks>
internal sealed class ThreadChoice : IDisposable
{
    // Multiplications of one forward pass, below which one thread computes it.
    private const double Least = 16e6;

    private readonly int? _before;

    private ThreadChoice(int? before) => _before = before;

    /// <summary>Chooses for passes over batches of this size; the engine runs. Disposing of it undoes the choice.</summary>
    public static ThreadChoice For(Model model, long batchSize)
    {
        var threads = torch.get_num_threads();
        if (threads == 1 || batchSize * MultiplicationsPerSample(model) >= Least)
        {
            return new ThreadChoice(null);
        }

        torch.set_num_threads(1);
        return new ThreadChoice(threads);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_before is { } threads)
        {
            torch.set_num_threads(threads);
        }
    }

    /// <summary>Each weight is used once at every position of its layer's input (pixel or step); infinite where the positions are not known.</summary>
    internal static double MultiplicationsPerSample(Model model) => model.Nodes.Sum(node =>
    {
        var weights = (double)node.Layer.Variables.Sum(variable => variable.Shape.ElementCount);
        return weights == 0 || node.Inputs.Count == 0 ? 0 : weights * Positions(node.Inputs[0].Spec.Shape);
    });

    private static double Positions(Shape shape)
    {
        var product = 1d;
        for (var axis = 1; axis < shape.Rank - 1; axis++)
        {
            product *= shape[axis] < 0 ? double.PositiveInfinity : shape[axis];
        }

        return product;
    }
}
