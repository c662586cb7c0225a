using System.Collections.Immutable;
using System.Globalization;
using ModelTools.Configuration.Json;

namespace ModelTools.Configuration;

/// <summary>One call of a layer as a file records it.</summary>
internal sealed class CallRecord
{
    private readonly List<TensorReference> _inputs = [];
    private readonly List<string?> _keywords = [];
    private int _position;

    /// <summary>The tensors, in the order of the arguments.</summary>
    public IReadOnlyList<TensorReference> Inputs => _inputs;

    /// <summary>The argument's name of each tensor that is passed by name, else null.</summary>
    public IReadOnlyList<string?> Keywords => _keywords;

    /// <summary>Other arguments as JSON texts: by name, or by position for constants among the tensors.</summary>
    public ImmutableSortedDictionary<string, string> Arguments { get; private set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Takes a tensor that is passed by position.</summary>
    public void AddTensor(TensorReference tensor) => Add(tensor, null);

    /// <summary>Takes a constant that is passed by position.</summary>
    public void AddConstant(ConfigValue value) => Arguments = Arguments.SetItem((_position++).ToString(CultureInfo.InvariantCulture), value.ToJson());

    /// <summary>Takes a tensor that is passed by name.</summary>
    public void AddTensor(string keyword, TensorReference tensor) => Add(tensor, keyword);

    /// <summary>Takes another argument.</summary>
    public void AddArgument(string keyword, ConfigValue value) => Arguments = Arguments.SetItem(keyword, value.ToJson());

    /// <summary>Passes the positional tensors after the first under a name instead.</summary>
    public void NameFurtherTensors(string keyword)
    {
        var isFirst = true;
        for (var i = 0; i < _inputs.Count; i++)
        {
            if (_keywords[i] is null)
            {
                _keywords[i] = isFirst ? null : keyword;
                isFirst = false;
            }
        }
    }

    private void Add(TensorReference tensor, string? keyword)
    {
        _inputs.Add(tensor);
        _keywords.Add(keyword);
        _position += keyword is null ? 1 : 0;
    }
}
