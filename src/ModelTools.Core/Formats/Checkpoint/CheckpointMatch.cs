using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>What the comparison of a model with a checkpoint found so far; decides what is an error and what goes into the report.</summary>
/// <param name="reader">The checkpoint.</param>
/// <param name="options">Whether weights that do not fit are skipped.</param>
internal sealed class CheckpointMatch(CheckpointReader reader, ModelReadOptions options)
{
    private readonly Dictionary<Variable, WeightMatch> _matches = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];
    private readonly List<string> _mismatched = [];

    /// <summary>The checkpoint.</summary>
    public CheckpointReader Reader => reader;

    /// <summary>Number of weights that were found.</summary>
    public int Count => _matches.Count;

    /// <summary>Notes that a tensor is needed for something else than a weight.</summary>
    public void Use(string key) => _used.Add(key);

    /// <summary>Gives a stored tensor to a weight.</summary>
    /// <param name="owner">The layer, for messages: <c>the layer 'dense' (Dense)</c>.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="key">The tensor.</param>
    /// <exception cref="ModelToolsException">MT3002: another shape; MT1004: the tensor is not there; MT4004: it cannot be read.</exception>
    public void Add(string owner, string layer, Variable weight, string key)
    {
        var entry = reader.Find(key) ?? throw new ModelToolsException(ErrorCode.CorruptCheckpoint, $"The checkpoint's object graph names the tensor '{key}', which is not there.") { Path = reader.Prefix, Location = key };
        _used.Add(key);
        if (entry.Shape.Equals(weight.Shape))
        {
            _matches[weight] = new WeightMatch(layer, weight, key, reader.Read(key).Cast(weight.DType));
        }
        else if (options.SkipMismatch)
        {
            _mismatched.Add($"{weight.FullName}: {weight.Shape} in the model, {entry.Shape} in the checkpoint");
        }
        else
        {
            throw new ModelToolsException(ErrorCode.WeightShapeMismatch, $"The weight '{weight.Name}' of {owner} has shape {weight.Shape}, but {entry.Shape} in the checkpoint.")
            {
                Path = reader.Prefix,
                Location = weight.FullName,
                Advice = "Give the layer the size that it had when the weights were saved.",
            };
        }
    }

    /// <summary>Notes that the checkpoint has nothing for a weight: an error, or a line in the report where weights may be skipped.</summary>
    public void Miss(Variable weight, ErrorCode code, string message)
    {
        if (!options.SkipMismatch && !options.ByName)
        {
            throw new ModelToolsException(code, message) { Path = reader.Prefix, Location = weight.FullName };
        }

        if (!_missing.Contains(weight.FullName))
        {
            _missing.Add(weight.FullName);
        }
    }

    /// <summary>The result, with the weights in the model's order.</summary>
    public WeightAssignment Finish(IEnumerable<Variable> order, Training.OptimizerState? state) =>
        new([.. order.Where(_matches.ContainsKey).Select(variable => _matches[variable])], reader)
        {
            Missing = _missing,
            Mismatched = _mismatched,
            Unused = [.. reader.Entries.Select(entry => entry.Name).Where(name => name != CheckpointReader.ObjectGraphKey && !_used.Contains(name))],
            OptimizerState = state,
        };
}
