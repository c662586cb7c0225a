using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>How ids are given on.</summary>
public enum CategoryMode
{
    /// <summary>As they are.</summary>
    Int,

    /// <summary>Each as a row with one 1.</summary>
    OneHot,

    /// <summary>All of a sample as one row with a 1 for each id that occurs.</summary>
    [ConfigText("multi_hot", Aliases = ["binary"])]
    MultiHot,

    /// <summary>All of a sample as one row that counts each id.</summary>
    Count,
}
