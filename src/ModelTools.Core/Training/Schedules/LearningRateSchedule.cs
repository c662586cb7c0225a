using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>The learning rate as a function of the step. Keras: a number, or <c>keras.optimizers.schedules.LearningRateSchedule</c>.</summary>
public abstract record LearningRateSchedule : KerasObject
{
    /// <summary>Name in logs; Keras's default is the class name.</summary>
    public string Name
    {
        get => field ?? DefaultName;
        init;
    }

    /// <summary>Keras's default for <see cref="Name"/>.</summary>
    protected virtual string DefaultName => ClassName;

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">Number of steps that are done: 0 for the first.</param>
    public abstract double At(long step);

    /// <summary>A number is a schedule that does not change.</summary>
    public static implicit operator LearningRateSchedule(double value) => FromDouble(value);

    /// <summary>A number is a schedule that does not change.</summary>
    public static LearningRateSchedule FromDouble(double value) => new ConstantLearningRate(value);
}
