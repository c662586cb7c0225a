namespace ModelTools.Formats.SavedModel.Graph;

/// <summary>The functions of a graph.</summary>
internal sealed class FunctionLibrary
{
    private readonly List<GraphFunction?> _functions = [];

    /// <summary>The functions in the order in which they were begun.</summary>
    public IReadOnlyList<GraphFunction> Functions => [.. _functions.Select(function => function!)];

    /// <summary>Begins a function; the number makes its name unique, and re-saving tools strip exactly that suffix.</summary>
    public FunctionBuilder Begin(string baseName)
    {
        _functions.Add(null);
        var index = _functions.Count - 1;
        return new FunctionBuilder(this, $"__inference_{baseName}_{index}", function => _functions[index] = function);
    }
}
