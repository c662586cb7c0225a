using System.Collections;
using System.Management.Automation;
using ModelTools.Diagnostics;
using ModelTools.Infrastructure;
using ModelTools.Torch;
using ModelTools.Torch.Training;

namespace ModelTools.Commands;

/// <summary>Invoke-ModelTraining: trains a model and gives one record for each epoch. Keras: <c>fit</c>.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ModelTraining")]
[OutputType(typeof(EpochResult))]
public sealed class InvokeModelTrainingCommand : ModelDataCmdlet
{
    /// <summary>Passes over the data.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Epoch { get; set; } = 1;

    /// <summary>Epochs that are done already.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int InitialEpoch { get; set; }

    /// <summary>Take the samples in the order in which they are given.</summary>
    [Parameter]
    public SwitchParameter NoShuffle { get; set; }

    /// <summary>Fixes first weights, order of samples and dropout.</summary>
    [Parameter]
    public int? Seed { get; set; }

    /// <summary>Samples to measure after each epoch.</summary>
    [Parameter]
    public object? ValidationInputData { get; set; }

    /// <summary>Their answers.</summary>
    [Parameter]
    public object? ValidationTarget { get; set; }

    /// <summary>The last part of the samples is kept for validation.</summary>
    [Parameter]
    [ValidateRange(0.0, 0.99)]
    public double ValidationSplit { get; set; }

    /// <summary>Weight of each class: a hashtable from class number to weight.</summary>
    [Parameter]
    public IDictionary? ClassWeight { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ValidationInputData is null != ValidationTarget is null)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, "ValidationInputData and ValidationTarget are given together or not at all.");
        }

        var data = DataOf(InputData, Target, SampleWeight);
        var validation = ValidationInputData is null ? null : DataOf(ValidationInputData, ValidationTarget!, null);
        using var bar = new ProgressWriter(this, $"Training {Model.Name}");
        RunBeside<TrainingNews, TrainingHistory>((news, cancellation) => Trainer.Fit(Model, data, new FitOptions
        {
            Epochs = Epoch,
            InitialEpoch = InitialEpoch,
            BatchSize = BatchSize,
            Shuffle = !NoShuffle,
            Seed = Seed,
            Validation = validation,
            ValidationSplit = ValidationSplit,
            ClassWeights = ClassWeight?.Keys.Cast<object>().ToDictionary(key => LanguagePrimitives.ConvertTo<int>(key), key => LanguagePrimitives.ConvertTo<double>(ClassWeight[key])),
            Observers = [new TrainingReporter(news)],
            Cancellation = cancellation,
        }), Tell);

        void Tell(TrainingNews news)
        {
            if (news.Progress is { } progress)
            {
                bar.Write(progress);
            }

            if (news.Epoch is { } result)
            {
                WriteObject(Figures.On(result, result.Measurements));
            }
        }
    }
}
