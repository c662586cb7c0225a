using ModelTools.Training;

namespace ModelTools.Torch.Training;

/// <summary>The loss of one output.</summary>
/// <param name="Output">Number of the model's output.</param>
/// <param name="Name">Name of the output.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Weight">Its weight in the sum; null for 1.</param>
/// <param name="Mean">Its mean so far; null where the model has only this one.</param>
internal sealed record OutputLoss(int Output, string Name, Loss Loss, double? Weight, RunningMean? Mean);
