namespace ModelTools.Training;

/// <summary>Optimizer, losses and metrics of a model. (Stands in until the training records land: delete this file then.)</summary>
public sealed record TrainingConfiguration;

/// <summary>Where the optimizer stands. (Stands in until the training records land: delete this file then.)</summary>
public sealed record OptimizerState;
