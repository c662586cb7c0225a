using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Torch.Data;
using ModelTools.Torch.Operators;
using TorchSharp;

namespace ModelTools.Torch;

/// <summary>Computes a model's outputs. Keras: <c>Model.predict</c>.</summary>
/// <remarks>
/// Keeps the weights in the engine between calls, and takes in those that changed meanwhile. Several threads may call one predictor; their
/// calls follow each other.
/// </remarks>
public sealed class Predictor : IDisposable
{
    private readonly Model _model;
    private readonly TorchOperators _operators;
    private readonly VariableStore _variables = new();
    private readonly StateMemory _states = new();
    private readonly object _gate = new();

    /// <summary>Makes a predictor; starts the engine.</summary>
    /// <param name="model">The model; one that is not built yet is built on the first data.</param>
    /// <exception cref="ModelToolsException">MT5001, MT5002: the engine cannot start.</exception>
    public Predictor(Model model)
    {
        _model = model;
        _operators = new TorchOperators();
    }

    /// <summary>Computes the outputs for all samples.</summary>
    /// <param name="inputs">One tensor per input of the model, batch first.</param>
    /// <param name="options">Batch size, progress, cancellation.</param>
    /// <returns>One tensor per output of the model, batch first.</returns>
    /// <exception cref="ModelToolsException">MT3006: the data do not fit the model; MT3008: it has no graph; MT5003: the engine failed.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public IReadOnlyList<Tensor> Predict(IReadOnlyList<Tensor> inputs, PredictionOptions? options = null)
    {
        options ??= new PredictionOptions();
        if (options.BatchSize < 1)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"The batch size is {options.BatchSize}; the least is 1.");
        }

        lock (_gate)
        {
            ModelInputs.Prepare(_model, inputs);
            var readers = ModelInputs.Open(_model, inputs);
            return EngineFailure.Translate($"compute the model {_model.Name}", () => Predict(readers, options));
        }
    }

    /// <summary>Lets stateful recurrent layers begin anew; else they go on from batch to batch and from call to call. Keras: <c>reset_states</c>.</summary>
    public void ResetStates()
    {
        lock (_gate)
        {
            _states.Reset();
        }
    }

    /// <summary>Frees the engine's copies of the weights.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _states.Dispose();
            _variables.Dispose();
            _operators.Dispose();
        }
    }

    private IReadOnlyList<Tensor> Predict(IReadOnlyList<RowReader> readers, PredictionOptions options)
    {
        var count = readers[0].Count;
        var results = Array.ConvertAll(new int[_model.Outputs.Count], _ => new ResultWriter(count));
        using var noGradient = torch.no_grad();
        using var threads = count > 1 ? ThreadChoice.For(_model, Math.Min(count, options.BatchSize)) : null;
        for (var start = 0L; start < count; start += options.BatchSize)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var rows = (int)Math.Min(options.BatchSize, count - start);
            var inputs = readers.Select(reader => new Masked<torch.Tensor>(reader.Read(start, rows))).ToArray();
            var outputs = ModelRunner.Run(_model, _operators, _variables, inputs, new CallContext<torch.Tensor> { Dialect = _model.Dialect, States = _states });
            for (var i = 0; i < results.Length; i++)
            {
                results[i].Add(outputs[i].Value);
            }

            _variables.ApplyUpdates();
            options.Progress?.Report(new OperationProgress(_model.Name, start + rows, count));
        }

        _variables.WriteBack();
        return [.. results.Select((result, index) => result.Result ?? Empty(index))];
    }

    private Tensor Empty(int output)
    {
        var spec = _model.Outputs[output].Spec;
        return Tensor.Zeros(spec.DType, Shape.Create([.. spec.Shape.With(0, 0).Select(extent => Math.Max(extent, 0))]));
    }
}
