using System.Diagnostics;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Torch.Data;
using ModelTools.Torch.Natives;
using ModelTools.Torch.Operators;
using ModelTools.Training;
using TorchSharp;

namespace ModelTools.Torch.Training;

/// <summary>One training from its first step to its last.</summary>
internal sealed class TrainingSession : ITrainingControl, IDisposable
{
    private readonly Model _model;
    private readonly Optimizer _optimizer;
    private readonly FitOptions _options;
    private readonly TorchOperators _operators;
    private readonly VariableStore _variables = new();
    private readonly StateMemory _states = new();
    private readonly ParameterSet _parameters;
    private readonly OptimizerRunner _runner;
    private readonly Objective _objective;
    private readonly SampleSource _source;
    private readonly SampleSource? _validation;
    private readonly SampleOrder _order;
    private readonly ClassWeights? _classWeights;
    private bool _stopping;
    private bool _modelIsOld;

    public TrainingSession(Model model, Optimizer optimizer, TrainingData data, FitOptions options)
    {
        _model = model;
        _optimizer = optimizer;
        _options = options;
        var (training, validation) = options.Validation is null && options.ValidationSplit > 0 ? DataSplit.Cut(data, options.ValidationSplit) : (data, options.Validation);
        _operators = new TorchOperators(options.Seed);
        _parameters = new ParameterSet(model, optimizer, _variables);
        _runner = new OptimizerRunner(optimizer, _parameters, _operators);
        _objective = new Objective(model, _operators);
        _source = new SampleSource(model, training);
        _validation = validation is null ? null : new SampleSource(model, validation);
        _objective.Check(data, options.Cancellation);
        if (options.Validation is not null)
        {
            _objective.Check(options.Validation, options.Cancellation);
        }

        _order = new SampleOrder(_source.Count, options.Shuffle, options.Seed);
        _classWeights = options.ClassWeights is { } weights ? new ClassWeights(weights, model.Outputs.Count) : null;
    }

    /// <inheritdoc/>
    public Model Model
    {
        get
        {
            WriteBack();
            return _model;
        }
    }

    /// <inheritdoc/>
    public double LearningRate
    {
        get => _runner.LearningRate;
        set
        {
            if (_optimizer.LearningRate is not ConstantLearningRate)
            {
                throw new ModelToolsException(ErrorCode.InvalidArgument, $"The learning rate follows the schedule {_optimizer.LearningRate.ClassName}; it cannot be set.");
            }

            _parameters.LearningRate = value;
        }
    }

    /// <inheritdoc/>
    public void Stop() => _stopping = true;

    /// <inheritdoc/>
    public void ResetStates() => _states.Reset();

    /// <summary>Trains.</summary>
    public TrainingHistory Run()
    {
        var epochs = new List<EpochResult>();
        var history = new TrainingHistory(epochs, false);
        using var threads = ThreadChoice.For(_model, _options.BatchSize);
        try
        {
            Tell(observer => observer.TrainingStarting(this));
            for (var epoch = _options.InitialEpoch + 1; epoch <= _options.Epochs && !_stopping; epoch++)
            {
                epochs.Add(RunEpoch(epoch));
                Tell(observer => observer.EpochDone(epochs[^1], this));
            }

            if (_optimizer.AverageSlot is not null)
            {
                _runner.Finish();
                _modelIsOld = true;
            }

            history = history with { StoppedEarly = _stopping };
            Tell(observer => observer.TrainingDone(history, this));
        }
        finally
        {
            WriteBack();
        }

        return history;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _classWeights?.Dispose();
        _objective.Dispose();
        _parameters.Dispose();
        _states.Dispose();
        _variables.Dispose();
        _operators.Dispose();
        AllocatorPolicy.Release();
    }

    private EpochResult RunEpoch(int epoch)
    {
        var clock = Stopwatch.StartNew();
        Tell(observer => observer.EpochStarting(epoch, this));
        _order.Next();
        _objective.Reset();
        var batches = checked((int)((_source.Count + _options.BatchSize - 1) / _options.BatchSize));
        for (var batch = 0; batch < batches; batch++)
        {
            _options.Cancellation.ThrowIfCancellationRequested();
            var start = (long)batch * _options.BatchSize;
            Step(start, (int)Math.Min(_options.BatchSize, _source.Count - start));
            if (_options.Observers.Count > 0)
            {
                var progress = new TrainingProgress(epoch, _options.Epochs, batch + 1, batches, _objective.Read);
                Tell(observer => observer.BatchDone(progress, this));
            }
        }

        var measured = _objective.Read();
        if (_validation is not null)
        {
            var options = new PredictionOptions { BatchSize = _options.BatchSize, Cancellation = _options.Cancellation };
            measured = [.. measured, .. EvaluationLoop.Run(_model, _operators, _variables, _states, _objective, _validation, options).Select(figure => figure.Validation())];
        }

        return new EpochResult(epoch, measured, LearningRate, clock.Elapsed);
    }

    private void Step(long start, int count)
    {
        using var scope = torch.NewDisposeScope();
        var batch = _order.Read(_source, start, count);
        batch = _classWeights?.Apply(batch) ?? batch;
        var context = new CallContext<torch.Tensor> { Training = true, Dialect = _model.Dialect, States = _states };
        var outputs = ModelRunner.Run(_model, _operators, _variables, [.. batch.Inputs.Select(input => new Masked<torch.Tensor>(input))], context);
        var loss = _objective.Loss(outputs, batch, context, _variables);
        // A step of a large model takes long; it may end where no weight has changed yet.
        _options.Cancellation.ThrowIfCancellationRequested();
        if (loss.requires_grad)
        {
            _runner.Scaled(loss).backward();
        }

        _options.Cancellation.ThrowIfCancellationRequested();
        _runner.Step();
        _variables.ApplyUpdates();
        using var noGradient = torch.no_grad();
        _objective.Measure(outputs, batch);
        _modelIsOld = true;
    }

    /// <summary>Tells the observers, and takes over the weights that they may have set.</summary>
    private void Tell(Action<ITrainingObserver> what)
    {
        foreach (var observer in _options.Observers)
        {
            what(observer);
        }

        if (_options.Observers.Count > 0)
        {
            _parameters.TakeOver();
        }
    }

    private void WriteBack()
    {
        if (_modelIsOld)
        {
            _parameters.WriteBack();
            _modelIsOld = false;
        }
    }
}
