using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The maths of a recurrent cell, apart from the layer that configures it.</summary>
internal abstract class Recurrence
{
    /// <summary>Sizes of the states.</summary>
    public abstract IReadOnlyList<int> StateSizes { get; }

    /// <summary>Size of the output.</summary>
    public abstract int OutputSize { get; }

    /// <summary>Which state is the output of the last step that counted.</summary>
    public abstract int OutputState { get; }

    /// <summary>Declares the weights.</summary>
    /// <param name="features">Size of a step's input.</param>
    /// <param name="weights">Takes the declarations.</param>
    public abstract void Build(long features, WeightBuilder weights);

    /// <summary>Collects what the steps need.</summary>
    /// <param name="op">The vocabulary outside the loop.</param>
    /// <param name="weights">The cell's weights.</param>
    /// <param name="batch">Size of the batch, for dropout masks.</param>
    /// <param name="training">Whether dropout drops.</param>
    public abstract RecurrenceWeights<T> Prepare<T>(IOperators<T> op, LayerWeights<T> weights, Dimension<T> batch, bool training)
        where T : class;

    /// <summary>The part of a step that does not depend on the state; [batch, features] or for all steps at once [batch, time, features].</summary>
    public abstract T Project<T>(IOperators<T> op, T x, RecurrenceWeights<T> weights)
        where T : class;

    /// <summary>One step.</summary>
    /// <param name="op">The vocabulary inside the loop.</param>
    /// <param name="projected">What <see cref="Project"/> gave for this step.</param>
    /// <param name="states">The states before.</param>
    /// <param name="weights">What <see cref="Prepare"/> collected, as it is seen inside the loop.</param>
    public abstract ScanStep<T> Step<T>(IOperators<T> op, T projected, IReadOnlyList<T> states, RecurrenceWeights<T> weights)
        where T : class;
}
