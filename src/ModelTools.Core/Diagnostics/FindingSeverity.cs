namespace ModelTools.Diagnostics;

/// <summary>How much a finding counts.</summary>
public enum FindingSeverity
{
    /// <summary>Not at all: the finding is left out.</summary>
    None,

    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Worth a look; the model stays valid.</summary>
    Warning,

    /// <summary>The model is not valid.</summary>
    Error,
}
