using ModelTools.Diagnostics;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A function that is not known here: it is kept and written back, but cannot be run.</summary>
/// <param name="FunctionName">The name in the file.</param>
/// <param name="Json">The JSON that stands for it in the file, or null if that is the bare name.</param>
public sealed record UnknownActivation(string FunctionName, string? Json = null) : ActivationFunction
{
    /// <inheritdoc/>
    public override string Name => FunctionName;

    /// <summary>Refuses to run.</summary>
    /// <exception cref="ModelToolsException">MT4001, always.</exception>
    public override T Apply<T>(IOperators<T> op, T x) =>
        throw new ModelToolsException(ErrorCode.UnsupportedLayer, $"The activation '{FunctionName}' is not known, so the model cannot be run.") { Location = FunctionName };
}
