using ModelTools.Layers;
using ModelTools.Torch.Operators;
using TorchSharp;

namespace ModelTools.Torch;

/// <summary>The engine's copies of a model's variables, renewed when a variable has a new value.</summary>
internal sealed class VariableStore : IVariableAccess<torch.Tensor>, IDisposable
{
    private readonly Dictionary<Variable, Entry> _entries = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Variable, torch.Tensor> _updates = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public torch.Tensor Read(Variable variable)
    {
        if (_entries.TryGetValue(variable, out var entry) && entry.Version == variable.Version)
        {
            return entry.Value;
        }

        // The value comes first: making it may count as a new version.
        var value = TorchMemory.Upload(variable.Value);
        Set(variable, value);
        return value;
    }

    /// <inheritdoc/>
    public void Update(Variable variable, torch.Tensor value) => _updates[variable] = value.detach();

    /// <inheritdoc/>
    public void Assign(Variable variable, torch.Tensor value)
    {
        using var noGradient = torch.no_grad();
        Read(variable).copy_(value);
        MarkNewer(variable);
    }

    /// <summary>Puts a tensor in a variable's place for as long as the variable gets no value from elsewhere.</summary>
    public void Set(Variable variable, torch.Tensor value)
    {
        if (_entries.TryGetValue(variable, out var old) && !ReferenceEquals(old.Value, value))
        {
            old.Value.Dispose();
        }

        _entries[variable] = new Entry(value.DetachFromDisposeScope(), variable.Version);
    }

    /// <summary>Puts the values in force that layers set during a pass.</summary>
    /// <returns>True if there were any.</returns>
    public bool ApplyUpdates()
    {
        if (_updates.Count == 0)
        {
            return false;
        }

        foreach (var (variable, value) in _updates)
        {
            Set(variable, value);
            _entries[variable].IsNewer = true;
        }

        _updates.Clear();
        return true;
    }

    /// <summary>Gives the variables the values that they have here only.</summary>
    public void WriteBack()
    {
        foreach (var (variable, entry) in _entries)
        {
            if (entry.IsNewer)
            {
                variable.Value = TorchMemory.Download(entry.Value);
                entry.Version = variable.Version;
                entry.IsNewer = false;
            }
        }
    }

    /// <summary>Says that the tensor of a variable was changed in place.</summary>
    public void MarkNewer(Variable variable) => _entries[variable].IsNewer = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Value.Dispose();
        }

        _entries.Clear();
    }

    private sealed class Entry(torch.Tensor value, int version)
    {
        public torch.Tensor Value { get; } = value;

        public int Version { get; set; } = version;

        public bool IsNewer { get; set; }
    }
}
