namespace ModelTools.Training;

/// <summary>What an optimizer needs to update one variable.</summary>
/// <typeparam name="T">The operators' tensor.</typeparam>
/// <param name="Variable">The variable's value.</param>
/// <param name="Gradient">Its gradient, clipped (<see cref="Optimizer.Clip"/>), of the same shape and type.</param>
/// <param name="Slots">The slots in the order of <see cref="Optimizer.Slots"/>.</param>
/// <param name="Iteration">Steps that are done: 0 at the first.</param>
/// <param name="LearningRate">The learning rate of this step (<see cref="Optimizer.LearningRateAt"/>).</param>
public sealed record OptimizerStep<T>(T Variable, T Gradient, IReadOnlyList<T> Slots, long Iteration, double LearningRate)
    where T : class
{
    /// <summary>The values that all variables share, already advanced for this step (<see cref="Optimizer.AdvanceShared"/>).</summary>
    public IReadOnlyList<double> Shared { get; init; } = [];

    /// <summary>The variable's path (<c>model/dense/kernel</c>), for the rules of <see cref="Muon"/> that go by it.</summary>
    public string Path { get; init; } = "";
}
