using ModelTools.Diagnostics;
using ModelTools.Models;

namespace ModelTools.Formats;

/// <summary>Converts models from one container into another: read, then write, with the weights passing through one by one.</summary>
public static class ModelConversion
{
    /// <summary>Converts a model.</summary>
    /// <param name="source">A model in any format; one that holds weights only needs a <paramref name="structure"/> or a structure (<c>.json</c>) beside it.</param>
    /// <param name="target">The target; its extension chooses the format unless <paramref name="format"/> does.</param>
    /// <param name="format">The format, or null.</param>
    /// <param name="readOptions">How the source is read.</param>
    /// <param name="writeOptions">How the target is written.</param>
    /// <param name="structure">The model whose weights the source holds; it is not changed.</param>
    /// <exception cref="ModelToolsException">MT1xxx to MT4xxx: the source; MT4003: the target's format cannot hold it; MT6xxx: the target.</exception>
    public static ConversionReport Convert(string source, string target, IModelFormat? format = null, ModelReadOptions? readOptions = null, ModelWriteOptions? writeOptions = null, Model? structure = null) => throw new NotImplementedException();
}
