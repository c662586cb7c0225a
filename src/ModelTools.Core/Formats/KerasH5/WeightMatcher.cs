using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats.KerasH5;

/// <summary>Finds out which stored tensor belongs to which weight, as <c>load_weights</c> of Keras does, but by names where these tell more than the order.</summary>
internal sealed class WeightMatcher
{
    private readonly Model _model;
    private readonly LegacyFile _file;
    private readonly ModelReadOptions _options;
    private readonly List<WeightMatch> _matches = [];
    private readonly List<string> _missing = [];
    private readonly List<string> _unused = [];
    private readonly List<string> _mismatched = [];
    private bool _isOwn;

    private WeightMatcher(Model model, LegacyFile file, ModelReadOptions options)
    {
        _model = model;
        _file = file;
        _options = options;
    }

    /// <summary>Matches a whole file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file.</param>
    /// <param name="options">How to match.</param>
    /// <param name="isOwn">True if the model comes from this file: its weights are of the types that are stored.</param>
    /// <exception cref="ModelToolsException">MT3001 to MT3005: the structures differ; MT3008: the model is not built and the file does not tell its input.</exception>
    public static WeightAssignment Match(Model model, LegacyFile file, ModelReadOptions options, bool isOwn)
    {
        var matcher = new WeightMatcher(model, file, options) { _isOwn = isOwn };
        InputInference.BuildIfNeeded(model, file.Layers.SelectMany(layer => layer.Weights).FirstOrDefault()?.Dataset.Shape, file.Path);
        OpaqueWeights.Adopt(model, file);
        if (options.ByName)
        {
            matcher.MatchByName();
        }
        else
        {
            matcher.MatchInOrder();
        }

        matcher.MatchTopLevel();
        return new WeightAssignment(matcher._matches, isOwn ? null : file) { Missing = matcher._missing, Unused = matcher._unused, Mismatched = matcher._mismatched, OptimizerState = isOwn || !options.TrainingState ? null : matcher.StateOrNull() };
    }

    // Where the optimizer stood counts only for a model that is compiled alike.
    private Training.OptimizerState? StateOrNull()
    {
        try
        {
            return _model.Training?.Optimizer is { } optimizer && _file.Optimizer is { Weights.Count: > 0 } stored ? LegacyTraining.ReadState(_model, optimizer, stored) : null;
        }
        catch (ModelToolsException error) when (error.Code == ErrorCode.WeightCountMismatch || error.Code == ErrorCode.WeightShapeMismatch)
        {
            _options.Findings?.Add(new ModelFinding(error.Code, $"The optimizer's state does not fit and is left out: {error.Message}", error.Location));
            return null;
        }
    }

    private void MatchInOrder()
    {
        var layers = _model.Layers.Where(layer => layer.Variables.Any()).ToList();
        var stored = _file.Layers.Where(layer => layer.Weights.Count > 0).ToList();
        if (layers.Count != stored.Count && _isOwn && stored.Count > layers.Count)
        {
            stored = WithoutSurplus(layers, stored);
        }

        if (layers.Count != stored.Count)
        {
            throw MatchErrors.LayerCount(_file.Path, layers, stored);
        }

        for (var i = 0; i < layers.Count; i++)
        {
            MatchLayer(layers[i], stored[i]);
        }
    }

    // A whole model whose layers are all there by name can do without what else the file holds.
    private List<LegacyLayer> WithoutSurplus(List<ModelLayer> layers, List<LegacyLayer> stored)
    {
        var names = layers.Select(layer => layer.Name).ToHashSet();
        var known = stored.Where(layer => names.Contains(layer.Name)).ToList();
        if (!known.Select(layer => layer.Name).SequenceEqual(layers.Select(layer => layer.Name)))
        {
            return stored;
        }

        foreach (var layer in stored.Except(known))
        {
            _options.Findings?.Add(new ModelFinding(ErrorCode.LayerCountMismatch, $"The file has weights for a layer '{layer.Name}' that the model does not have; they are left out.", layer.Name));
            _unused.AddRange(layer.Weights.Select(weight => weight.Dataset.Path));
        }

        return known;
    }

    private void MatchByName()
    {
        var stored = _file.Layers.Where(layer => layer.Weights.Count > 0).GroupBy(layer => layer.Name).ToDictionary(group => group.Key, group => group.Last());
        foreach (var layer in _model.Layers.Where(layer => layer.Variables.Any()))
        {
            if (stored.Remove(layer.Name, out var found))
            {
                MatchLayer(layer, found);
            }
            else
            {
                _missing.AddRange(layer.Variables.Select(variable => $"{layer.Name}/{variable.Name}"));
            }
        }

        _unused.AddRange(stored.Values.SelectMany(layer => layer.Weights).Select(weight => weight.Dataset.Path));
    }

    private void MatchLayer(ModelLayer layer, LegacyLayer stored)
    {
        var variables = layer.Weights!.InKerasOrder.ToList();
        var tensors = WeightConversions.Apply(layer, variables, stored, _file.Version, _file.Backend);
        if (variables.Count != tensors.Count)
        {
            if (!_options.SkipMismatch)
            {
                throw MatchErrors.WeightCount(_file.Path, layer, variables, stored);
            }

            _mismatched.Add(stored.Name);
            return;
        }

        var order = WeightOrder.Find(variables, tensors);
        if (!order.SequenceEqual(Enumerable.Range(0, order.Length)))
        {
            _options.Findings?.Add(new ModelFinding(ErrorCode.LayerMismatch, $"The weights of the layer {layer.Name} have another order in the file; they were found by their names.", layer.Name));
        }

        for (var i = 0; i < variables.Count; i++)
        {
            Add(layer, variables[i], tensors[order[i]], stored);
        }
    }

    private void Add(ModelLayer layer, Variable variable, StoredWeight tensor, LegacyLayer stored)
    {
        if (tensor.Value.DType is DType.String or DType.Complex64 or DType.Complex128 && tensor.Value.DType != variable.DType)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedDType, $"'{tensor.Path}' holds {tensor.Value.DType.Name()}; the weight '{variable.Name}' of the layer {layer.Name} is {variable.DType.Name()}.") { Path = _file.Path, Location = tensor.Path };
        }

        if (tensor.Value.Shape.Equals(variable.Shape))
        {
            if (tensor.Value.DType.IsFloating() != variable.DType.IsFloating())
            {
                _options.Findings?.Add(new ModelFinding(ErrorCode.UnsupportedDType, $"'{tensor.Path}' holds {tensor.Value.DType.Name()}, which is converted to the {variable.DType.Name()} of the layer {layer.Name}.", tensor.Path));
            }
            else if (_isOwn)
            {
                // Keras 2 keeps some weights of half precision layers in single precision.
                variable.DType = tensor.Value.DType;
            }

            _matches.Add(new WeightMatch(layer.Name, variable, tensor.Path, tensor.Value.DType == variable.DType ? tensor.Value : tensor.Value.Cast(variable.DType)));
        }
        else if (_options.SkipMismatch)
        {
            _mismatched.Add(tensor.Path);
        }
        else
        {
            throw MatchErrors.Shape(_file.Path, layer, variable, tensor, stored);
        }
    }

    private void MatchTopLevel()
    {
        if (_file.TopLevel is not { Weights.Count: > 0 } stored)
        {
            return;
        }

        if (stored.Weights.Count != _model.TopLevelVariables.Count)
        {
            _unused.AddRange(stored.Weights.Select(weight => weight.Dataset.Path));
            return;
        }

        foreach (var (variable, weight) in _model.TopLevelVariables.Zip(stored.Weights))
        {
            _matches.Add(new WeightMatch(_model.Name, variable, weight.Dataset.Path, weight.Dataset.Read()));
        }
    }
}

/// <summary>A stored tensor, converted to the layout of today.</summary>
/// <param name="Path">Its place in the file.</param>
/// <param name="Name">Its name without <c>:0</c>.</param>
/// <param name="Role">The last part of the name.</param>
/// <param name="Value">The tensor.</param>
internal sealed record StoredWeight(string Path, string Name, string Role, Tensor Value);
