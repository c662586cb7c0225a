namespace ModelTools.Torch.Training;

/// <summary>How a model is trained. Keras: the arguments of <c>Model.fit</c>.</summary>
public sealed record FitOptions
{
    /// <summary>Number of the last epoch.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Epochs that are done already, when a training goes on.</summary>
    public int InitialEpoch { get; init; }

    /// <summary>Samples per step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Takes the samples in another order in each epoch.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Fixes first weights, order of samples and dropout; null for others each time.</summary>
    public int? Seed { get; init; }

    /// <summary>Measured after each epoch; null for none.</summary>
    public TrainingData? Validation { get; init; }

    /// <summary>The last part of the samples is kept for validation, in [0, 1).</summary>
    public double ValidationSplit { get; init; }

    /// <summary>Weight of the samples of each class; null for equal ones. For models with one output.</summary>
    public IReadOnlyDictionary<int, double>? ClassWeights { get; init; }

    /// <summary>Hear of steps and epochs, in this order.</summary>
    public IReadOnlyList<ITrainingObserver> Observers { get; init; } = [];

    /// <summary>Stops the training between two steps; the model keeps the weights of the last one.</summary>
    public CancellationToken Cancellation { get; init; }
}
