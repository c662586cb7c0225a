using System.Globalization;
using System.Management.Automation.Host;

namespace ModelTools.Host.Terminal;

/// <summary>Size and keys of the terminal; a fixed width where output goes to a file or a pipe.</summary>
internal sealed class TerminalRawInterface : PSHostRawUserInterface
{
    private const int WidthWithoutTerminal = 120;
    private const int HeightWithoutTerminal = 50;

    private readonly Stack<int> _widths = new();

    public override Size WindowSize
    {
        get => new(Width, Height);
        set => throw NotHere();
    }

    public override Size BufferSize
    {
        get => new(Width, Height);
        set => throw NotHere();
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw NotHere();
    }

    public override Coordinates CursorPosition
    {
        get => new(0, 0);
        set => throw NotHere();
    }

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle { get; set; } = "modeltools";

    public override bool KeyAvailable => !Console.IsInputRedirected && Console.KeyAvailable;

    private int Width => _widths.TryPeek(out var width) ? width
        : !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Console.WindowWidth
        : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0 ? columns
        : WidthWithoutTerminal;

    private static int Height => !Console.IsOutputRedirected && Console.WindowHeight > 0 ? Console.WindowHeight : HeightWithoutTerminal;

    public void PushWidth(int? width) => _widths.Push(width ?? Width);

    public void PopWidth() => _widths.Pop();

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        var key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        return new KeyInfo((int)key.Key, key.KeyChar, default, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
        {
            Console.ReadKey(intercept: true);
        }
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NotHere();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NotHere();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NotHere();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NotHere();

    private static HostException NotHere() => new("This host does not change the terminal's window or buffer.");
}
