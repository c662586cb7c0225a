using ModelTools.Models;

namespace ModelTools.Torch.Training;

/// <summary>Hears what happens in a training, and may change its course. Keras: <c>keras.callbacks.Callback</c>.</summary>
public interface ITrainingObserver
{
    /// <summary>Before the first epoch.</summary>
    void TrainingStarting(ITrainingControl training)
    {
    }

    /// <summary>Before an epoch, counted from 1.</summary>
    void EpochStarting(int epoch, ITrainingControl training)
    {
    }

    /// <summary>After each step.</summary>
    void BatchDone(TrainingProgress progress, ITrainingControl training)
    {
    }

    /// <summary>After an epoch and its validation.</summary>
    void EpochDone(EpochResult result, ITrainingControl training)
    {
    }

    /// <summary>After the last epoch.</summary>
    void TrainingDone(TrainingHistory history, ITrainingControl training)
    {
    }
}

/// <summary>A step of a training that is done.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Epochs">Number of the last epoch.</param>
/// <param name="Batch">Number of the step in the epoch, from 1.</param>
/// <param name="Batches">Steps per epoch.</param>
/// <param name="Read">Gives loss and metrics so far. It waits for the engine: read seldom, not at each step.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, int Batch, int Batches, Func<IReadOnlyList<Measurement>> Read);

/// <summary>What an observer can do to a training.</summary>
public interface ITrainingControl
{
    /// <summary>The model, with the weights of the last finished step.</summary>
    /// <remarks>Reading it copies the weights out of the engine; weights that are set here are taken over by the training.</remarks>
    Model Model { get; }

    /// <summary>The learning rate; it can be set unless the optimizer follows a schedule.</summary>
    double LearningRate { get; set; }

    /// <summary>Lets stateful recurrent layers begin anew; else they go on from batch to batch, into the validation and the next epoch, as in Keras.</summary>
    void ResetStates();

    /// <summary>Ends the training after this epoch.</summary>
    void Stop();
}
