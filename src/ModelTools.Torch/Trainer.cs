using ModelTools.Diagnostics;
using ModelTools.Models;
using ModelTools.Torch.Training;

namespace ModelTools.Torch;

/// <summary>Trains a model. Keras: <c>Model.fit</c>.</summary>
public static class Trainer
{
    /// <summary>Trains a model on data; afterwards the model has the new weights, and the state of its optimizer.</summary>
    /// <param name="model">A model with a training configuration; one that is not built yet is built on the data.</param>
    /// <param name="data">The samples and their answers.</param>
    /// <param name="options">Epochs, batch size, validation, observers and so on.</param>
    /// <returns>Loss and metrics of every epoch.</returns>
    /// <exception cref="ModelToolsException">MT3006, MT3011: the data do not fit; MT6004: an option is not valid; MT6005: the model has no training configuration or no optimizer; MT5001, MT5002, MT5003: the engine.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled; the model has the weights of the last finished step.</exception>
    public static TrainingHistory Fit(Model model, TrainingData data, FitOptions? options = null)
    {
        options ??= new FitOptions();
        Require(options.BatchSize >= 1, $"The batch size is {options.BatchSize}; the least is 1.");
        Require(options.Epochs >= 1, $"The number of epochs is {options.Epochs}; the least is 1.");
        Require(options.InitialEpoch >= 0 && options.InitialEpoch <= options.Epochs, $"The initial epoch is {options.InitialEpoch}; it lies between 0 and the number of epochs.");
        Require(options.ValidationSplit is >= 0 and < 1, $"The validation split is {options.ValidationSplit}; it lies in [0, 1).");
        var optimizer = model.Training?.Optimizer ?? throw new ModelToolsException(ErrorCode.NotCompiled, $"The model {model.Name} has no optimizer.");
        optimizer.Validate();
        TorchEngine.Start();
        ModelInputs.Prepare(model, data.Inputs, options.Seed);
        using var session = new TrainingSession(model, optimizer, data, options);
        return EngineFailure.Translate($"train the model {model.Name}", session.Run);
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, message);
        }
    }
}
