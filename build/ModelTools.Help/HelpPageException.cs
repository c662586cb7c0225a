namespace ModelTools.Help;

/// <summary>A page that cannot be made into help.</summary>
internal sealed class HelpPageException(string file, int line, string message) : Exception(message)
{
    public string File { get; } = file;

    public int Line { get; } = line;
}
