using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats.WeightsH5;

/// <summary>Finds out which stored tensor belongs to which weight, by the places of both in the tree, for all generations of Keras that write such trees.</summary>
internal sealed class TreeMatcher
{
    private readonly WeightsFile _file;
    private readonly ModelReadOptions _options;
    private readonly bool _isOwn;
    private readonly List<WeightMatch> _matches = [];
    private readonly List<string> _missing = [];
    private readonly List<string> _mismatched = [];
    private readonly HashSet<Hdf5Dataset> _used = [];

    private TreeMatcher(WeightsFile file, ModelReadOptions options, bool isOwn) => (_file, _options, _isOwn) = (file, options, isOwn);

    /// <summary>Matches a whole file.</summary>
    /// <param name="model">The model; opaque layers take what the file has for them.</param>
    /// <param name="file">The file.</param>
    /// <param name="options">How to match.</param>
    /// <param name="isOwn">True if the model comes with this file: its weights are of the types that are stored, and whoever opened the file closes it.</param>
    /// <exception cref="ModelToolsException">MT3001 to MT3005: the structures differ; MT3008: the model is not built and the file does not tell its input.</exception>
    public static WeightAssignment Match(Model model, WeightsFile file, ModelReadOptions options, bool isOwn)
    {
        file.RequireSound();
        var matcher = new TreeMatcher(file, options, isOwn);
        InputInference.BuildIfNeeded(model, FirstShape(model, file.Root), file.Path);
        OpaqueWeights.Adopt(model, file.Root);
        matcher.MatchObject(WeightTree.Of(model), file.Root);
        matcher.RequireWhole(model);
        var state = options.TrainingState ? OptimizerGroup.Read(file.Root, model, options.Findings ?? []) : null;
        return new WeightAssignment(matcher._matches, isOwn ? null : file)
        {
            Missing = matcher._missing,
            Mismatched = matcher._mismatched,
            Unused = matcher.Unused(),
            OptimizerState = state,
        };
    }

    private static Shape? FirstShape(Model model, StoredObject root)
    {
        var list = root.Child(WeightTree.Layers) ?? root.Child(WeightTree.OlderLayers);
        return model.IsBuilt ? null : model.Layers.Select(layer => list?.Child(WeightTree.ListName(layer.ClassName))?.All.FirstOrDefault()?.Shape).FirstOrDefault(shape => shape is not null);
    }

    // Keras lets a model of fewer layers take what it knows; here as in the other formats a file of another model is an error unless asked for.
    private void RequireWhole(Model model)
    {
        if (!_isOwn && !_options.SkipMismatch && !_options.ByName && Unused() is [var first, ..] left)
        {
            throw new ModelToolsException(ErrorCode.LayerCountMismatch, $"The file has weights for layers that the model '{model.Name}' does not have: {left.Count} of its tensors belong to no layer, the first is '{first}'.")
            {
                Path = _file.Path,
                Location = first,
                Advice = "Make the model with the layers it was trained with, or pass -SkipMismatch to take only what fits.",
            };
        }
    }

    private List<string> Unused()
    {
        var apart = new[] { OptimizerGroup.Name, OptimizerGroup.Metrics }.Select(_file.Root.Child).OfType<StoredObject>().SelectMany(item => item.All).ToHashSet();
        List<string> unused = [.. _file.Datasets.Where(dataset => !_used.Contains(dataset) && !apart.Contains(dataset)).Select(dataset => dataset.Path)];
        foreach (var path in _isOwn ? unused : [])
        {
            _options.Findings?.Add(new ModelFinding(ErrorCode.LayerCountMismatch, $"The file has a weight '{path}' that belongs to no layer of the model; it is left out.", path));
        }

        return unused;
    }

    private void MatchObject(WeightNode node, StoredObject? stored)
    {
        MatchVariables(node, stored);
        foreach (var child in node.Children.Where(child => !child.IsRepeated))
        {
            var found = stored?.Child(child.PublicEdge) ?? stored?.Child(child.Edge) ?? (child is { IsList: true, Edge: WeightTree.Layers } ? stored?.Child(WeightTree.OlderLayers) : null);
            if (child.IsList)
            {
                MatchList(child, found);
            }
            else
            {
                MatchObject(child, found);
            }
        }
    }

    private void MatchList(WeightNode list, StoredObject? stored)
    {
        var pairs = _options.ByName ? ListPairing.ByName(list, stored, _file.Path) : ListPairing.ByPlace(list, stored, _file.Path, isLenient: _options.SkipMismatch);
        foreach (var (member, found) in pairs)
        {
            MatchObject(member, found);
        }
    }

    private void MatchVariables(WeightNode node, StoredObject? stored)
    {
        var tensors = stored?.Variables ?? [];
        if (node.Variables.Count == tensors.Count)
        {
            for (var i = 0; i < tensors.Count; i++)
            {
                Match(node, node.Variables[i], tensors[i]);
            }

            return;
        }

        var isSkipped = _options.SkipMismatch || (_options.ByName && stored is null);
        if (!isSkipped)
        {
            throw tensors.Count == 0
                ? new ModelToolsException(ErrorCode.WeightMissing, $"The file has no weights for {node.Title}, which needs {Names(node.Variables)}.") { Path = _file.Path, Location = node.Layer }
                : new ModelToolsException(ErrorCode.WeightCountMismatch, $"{Sentence(node.Title)} has {node.Variables.Count} weights ({Names(node.Variables)}); the file has {tensors.Count} for it in '{stored!.Path}' ({string.Join(", ", tensors.Select(tensor => tensor.Shape))}).")
                {
                    Path = _file.Path,
                    Location = node.Layer,
                    Advice = "Give the layer the options it was trained with (such as UseBias, Center, Scale), or pass -SkipMismatch to leave it as it is.",
                };
        }

        (tensors.Count == 0 ? _missing : _mismatched).AddRange(node.Variables.Select(variable => variable.FullName));
        _used.UnionWith(tensors);
    }

    private void Match(WeightNode node, Variable variable, Hdf5Dataset dataset)
    {
        _used.Add(dataset);
        var tensor = dataset.Read();
        if (!tensor.Shape.Equals(variable.Shape))
        {
            if (!_options.SkipMismatch)
            {
                throw new ModelToolsException(ErrorCode.WeightShapeMismatch, $"The weight '{variable.Name}' of {node.Title} has shape {variable.Shape}; the file has shape {tensor.Shape} for it at '{dataset.Path}'.")
                {
                    Path = _file.Path,
                    Location = variable.FullName,
                    Advice = "Give the layer and its input the sizes they were trained with, or pass -SkipMismatch to leave such weights as they are.",
                };
            }

            _mismatched.Add(variable.FullName);
            return;
        }

        if (tensor.DType != variable.DType && tensor.DType is DType.String or DType.Complex64 or DType.Complex128)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedDType, $"'{dataset.Path}' holds {tensor.DType.Name()}; the weight '{variable.Name}' of {node.Title} is {variable.DType.Name()}.") { Path = _file.Path, Location = dataset.Path };
        }

        if (tensor.DType.IsFloating() != variable.DType.IsFloating())
        {
            _options.Findings?.Add(new ModelFinding(ErrorCode.UnsupportedDType, $"'{dataset.Path}' holds {tensor.DType.Name()}, which is converted to the {variable.DType.Name()} of {node.Title}.", dataset.Path));
        }
        else if (_isOwn)
        {
            // Some weights are kept in another precision than the layer's policy says.
            variable.DType = tensor.DType;
        }

        _matches.Add(new WeightMatch(node.Layer, variable, dataset.Path, tensor.DType == variable.DType ? tensor : tensor.Cast(variable.DType)));
    }

    private static string Names(IEnumerable<Variable> variables) => string.Join(", ", variables.Select(variable => variable.Name));

    private static string Sentence(string title) => char.ToUpperInvariant(title[0]) + title[1..];
}
