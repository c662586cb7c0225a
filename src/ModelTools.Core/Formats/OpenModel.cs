using ModelTools.Diagnostics;
using ModelTools.Models;

namespace ModelTools.Formats;

/// <summary>A model whose weights lie in its file still: for those who go over them one by one.</summary>
/// <remarks>The weights are read whenever they are asked for, and cannot be any more once this is disposed.</remarks>
public sealed class OpenModel : IDisposable
{
    private readonly WeightAssignment? _weights;
    private readonly IDisposable? _source;

    /// <summary>Joins a model and the file that holds its weights.</summary>
    /// <param name="model">The structure, without values.</param>
    /// <param name="weights">Where the weights are; null for a file without any.</param>
    /// <param name="source">What must stay open, if the assignment does not close it.</param>
    internal OpenModel(Model model, WeightAssignment? weights, IDisposable? source = null)
    {
        Model = model;
        _weights = weights;
        _source = source;
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>The stored tensors by weight.</summary>
    public IReadOnlyList<WeightMatch> Matches => _weights?.Matches ?? [];

    /// <summary>Where the optimizer stood, if the file says it.</summary>
    internal Training.OptimizerState? OptimizerState => _weights?.OptimizerState;

    /// <summary>Lets the weights be read where they lie.</summary>
    internal OpenModel Attach()
    {
        foreach (var match in Matches)
        {
            match.Variable.Value = match.Value;
        }

        return this;
    }

    /// <summary>Reads all weights into memory.</summary>
    /// <returns>The model, which needs the file no more.</returns>
    /// <exception cref="ModelToolsException">MT1xxx: a tensor cannot be read.</exception>
    internal Model Load(ModelReadOptions options)
    {
        _weights?.Apply(options.Progress, options.Cancellation);
        return Model;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights?.Dispose();
        _source?.Dispose();
    }
}
