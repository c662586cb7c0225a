namespace ModelTools.Layers;

/// <summary>A layer that takes a cell through a sequence.</summary>
public interface ISequenceLayer
{
    /// <summary>Whether the outputs of all steps are given, not only the last one.</summary>
    bool ReturnSequences { get; }

    /// <summary>Whether the last states are given after the output.</summary>
    bool ReturnState { get; }

    /// <summary>Whether the sequence is read from its end; outputs are in the order of reading.</summary>
    bool GoBackwards { get; }

    /// <summary>Whether sample i of a batch goes on where sample i of the batch before ended; a SavedModel's graph begins anew at each call.</summary>
    bool Stateful { get; }

    /// <summary>Whether the steps are written out one after the other instead of a loop (graphs).</summary>
    bool Unroll { get; }

    /// <summary>Whether masked steps give zeros instead of the last output.</summary>
    bool ZeroOutputForMask { get; }

    /// <summary>Whether tensors are [time, batch, …] (Keras 2).</summary>
    bool TimeMajor { get; }

    /// <summary>The cell's maths.</summary>
    internal Recurrence Recurrence { get; }

    /// <summary>The same layer, reading the other way.</summary>
    internal Layer Reversed();
}
