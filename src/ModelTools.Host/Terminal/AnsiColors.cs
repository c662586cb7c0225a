namespace ModelTools.Host.Terminal;

/// <summary>The sixteen console colours as terminals name them.</summary>
internal static class AnsiColors
{
    /// <summary>Console colours in order, as ANSI colour numbers: red and blue change places.</summary>
    private static ReadOnlySpan<byte> Order => [0, 4, 2, 6, 1, 5, 3, 7];

    public static string Foreground(ConsoleColor colour) => Sequence(colour, normal: 30, bright: 90);

    public static string Background(ConsoleColor colour) => colour == ConsoleColor.Black ? "" : Sequence(colour, normal: 40, bright: 100);

    private static string Sequence(ConsoleColor colour, int normal, int bright)
    {
        // Console counts dark colours 0 to 7 and bright ones 8 to 15, with grey and dark grey swapped.
        var number = colour switch { ConsoleColor.Gray => 7, ConsoleColor.DarkGray => 8, _ => (int)colour };
        return $"\u001b[{(number < 8 ? normal : bright) + Order[number & 7]}m";
    }
}
