using System.Collections;
using System.Management.Automation;
using ModelTools.Diagnostics;
using ModelTools.Infrastructure;
using ModelTools.Models;
using ModelTools.Parameters;
using ModelTools.Tensors;
using ModelTools.Torch;
using ModelTools.Torch.Training;

namespace ModelTools.Commands;

/// <summary>Invoke-ModelTraining: trains a model and gives one record for each epoch. Keras: <c>fit</c>.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ModelTraining")]
[OutputType(typeof(EpochResult))]
public sealed class InvokeModelTrainingCommand : ModelToolsCmdlet
{
    /// <summary>The model, with a training configuration.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The samples: a tensor or array; a list or a hashtable by name for several inputs.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("X")]
    public object InputData { get; set; } = null!;

    /// <summary>The answers that the model should give, in the same form.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Y")]
    public object Target { get; set; } = null!;

    /// <summary>Passes over the data.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Epoch { get; set; } = 1;

    /// <summary>Epochs that are done already.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int InitialEpoch { get; set; }

    /// <summary>Samples per step.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; } = 32;

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

    /// <summary>Weight of each sample.</summary>
    [Parameter]
    public object? SampleWeight { get; set; }

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

        var data = Data(InputData, Target, SampleWeight is null ? null : TensorArguments.For(SampleWeight, [], "weight"));
        var validation = ValidationInputData is null ? null : Data(ValidationInputData, ValidationTarget!, null);
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

    private TrainingData Data(object inputs, object targets, IReadOnlyList<Tensor>? weights)
    {
        // Names are known once the model is built; one that is not has one input and one output.
        var inputNames = Model.IsBuilt ? [.. Model.InputSpecs.Select(spec => spec.Name!)] : Array.Empty<string>();
        var outputNames = Model.IsBuilt ? [.. Model.OutputSpecs.Select(spec => spec.Name!)] : Array.Empty<string>();
        return new TrainingData(TensorArguments.For(inputs, inputNames, "input"), TensorArguments.For(targets, outputNames, "output"), weights);
    }
}
