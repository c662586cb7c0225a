using ModelTools.Formats;

namespace ModelTools.Tests.Formats;

/// <summary>A format that holds whole models, for tests that are the same for all of them.</summary>
public interface IWholeModelFile
{
    static abstract IModelFormat Format { get; }

    static abstract string Extension { get; }

    /// <summary>Whether Keras saves the state of its older optimizers in such files.</summary>
    static abstract bool KeepsOlderOptimizers { get; }
}
