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
        InputInference.BuildIfNeeded(model, file);
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
        return new WeightAssignment(matcher._matches, isOwn ? null : file) { Missing = matcher._missing, Unused = matcher._unused, Mismatched = matcher._mismatched };
    }

    private void MatchInOrder()
    {
        var layers = _model.Layers.Where(layer => layer.Variables.Any()).ToList();
        var stored = _file.Layers.Where(layer => layer.Weights.Count > 0).ToList();
        if (layers.Count != stored.Count)
        {
            throw MatchErrors.LayerCount(_file.Path, layers, stored);
        }

        for (var i = 0; i < layers.Count; i++)
        {
            MatchLayer(layers[i], stored[i]);
        }
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
        for (var i = 0; i < variables.Count; i++)
        {
            Add(layer, variables[i], tensors[order[i]], stored);
        }
    }

    private void Add(ModelLayer layer, Variable variable, StoredWeight tensor, LegacyLayer stored)
    {
        if (tensor.Value.Shape.Equals(variable.Shape))
        {
            if (_isOwn)
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
