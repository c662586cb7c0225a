namespace ModelTools.Torch.Training;

/// <summary>What one pass over the data gave.</summary>
/// <param name="Epoch">Number of the pass, from 1.</param>
/// <param name="Measurements">Loss and metrics of the training data, then those of the validation data (<c>val_…</c>), in Keras's order.</param>
/// <param name="LearningRate">The learning rate at the end of the pass.</param>
/// <param name="Duration">How long it took, validation included.</param>
public sealed record EpochResult(int Epoch, IReadOnlyList<Measurement> Measurements, double LearningRate, TimeSpan Duration)
{
    /// <summary>Loss and metrics of the training data, then those of the validation data (<c>val_…</c>), in Keras's order.</summary>
    public IReadOnlyList<Measurement> Measurements { get; } = Measurements.ToArray();

    /// <summary>A figure by its name, or null.</summary>
    public double? Find(string name) => Measurements.FirstOrDefault(measurement => measurement.Name == name)?.Value;
}

/// <summary>What a training gave, epoch by epoch. Keras: <c>History</c>.</summary>
/// <param name="Epochs">The passes over the data that were finished.</param>
/// <param name="StoppedEarly">True if an observer ended the training.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochResult> Epochs, bool StoppedEarly)
{
    /// <summary>One figure over all epochs, as <c>history.history[name]</c> in Keras.</summary>
    public IReadOnlyList<double> this[string name] => Epochs.Select(epoch => epoch.Find(name) ?? double.NaN).ToArray();
}
