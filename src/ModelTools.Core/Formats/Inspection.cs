using ModelTools.Diagnostics;

namespace ModelTools.Formats;

/// <summary>Looks at a file of which parts may be damaged: what fails becomes a finding, and the rest is looked at all the same.</summary>
internal static class Inspection
{
    /// <summary>Reads a part.</summary>
    /// <returns>The part, or null if it cannot be read.</returns>
    public static T? Try<T>(Func<T?> read, ICollection<ModelFinding> findings)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ModelToolsException error)
        {
            findings.Add(new ModelFinding(error.Code, error.Message, error.Location));
            return null;
        }
    }
}
