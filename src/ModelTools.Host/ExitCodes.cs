namespace ModelTools.Host;

/// <summary>What the program answers to its caller, besides a script's own exit codes.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Usage = 64;
    public const int Interrupted = 130;
}
