namespace ModelTools.Reporting;

/// <summary>A figure over the epochs of a training.</summary>
/// <param name="Name">Keras's name, such as <c>loss</c> or <c>val_accuracy</c>; <c>val_</c> joins a curve to the one without.</param>
/// <param name="Epochs">The numbers of the epochs.</param>
/// <param name="Values">The figure at each.</param>
public sealed record TrainingCurve(string Name, IReadOnlyList<int> Epochs, IReadOnlyList<double> Values);
