namespace ModelTools.Formats.SavedModel;

/// <summary>How loops over time are written into a graph.</summary>
public enum RecurrentLowering
{
    /// <summary>A loop that fills a dense tensor: every converter and runtime takes it.</summary>
    Loop,

    /// <summary>The steps one after the other, where their number is known: no loop at all.</summary>
    Unroll,
}
