using System.Globalization;
using System.Management.Automation.Host;
using ModelTools.Diagnostics;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Display;

/// <summary>What the views of the module show as text. Public, because views can only call what PowerShell can see.</summary>
public static class DisplayText
{
    private const long Thousand = 1024;

    /// <summary>The table of layers, as Keras's <c>model.summary()</c> prints it.</summary>
    /// <param name="model">Any model, built or not.</param>
    public static string Summary(Model model) => new ModelSummary(model).ToString();

    /// <summary>The table of layers, no wider than the terminal.</summary>
    /// <param name="model">Any model, built or not.</param>
    /// <param name="host">The program that shows it; one without a terminal sets no width.</param>
    public static string Summary(Model model, PSHost? host) => new ModelSummary(model).ToString(TerminalWidth(host));

    /// <summary>Type and shape, and below them the elements as NumPy prints them.</summary>
    /// <param name="tensor">Any tensor; of a large one only the ends of its axes are read.</param>
    public static string Tensor(Tensor tensor) => $"{tensor}{Environment.NewLine}{tensor.Preview()}";

    /// <summary>A text of a file, such as a name, on one line and without what a terminal obeys.</summary>
    /// <param name="text">The text, or null.</param>
    public static string Line(string? text) => PlainText.Line(text ?? "");

    /// <summary>The same on several lines.</summary>
    /// <param name="text">The text, or null.</param>
    public static string Lines(string? text) => PlainText.Of((text ?? "").ReplaceLineEndings("\n")).ReplaceLineEndings();

    /// <summary>A number of bytes in the unit that suits it, such as <c>1.4 MB</c>.</summary>
    /// <param name="count">The number.</param>
    public static string Bytes(long count)
    {
        string[] units = ["bytes", "KB", "MB", "GB", "TB"];
        var unit = 0;
        var amount = (double)count;
        for (; amount >= Thousand && unit < units.Length - 1; unit++)
        {
            amount /= Thousand;
        }

        return string.Create(CultureInfo.CurrentCulture, $"{amount.ToString(unit == 0 ? "0" : "0.0", CultureInfo.CurrentCulture)} {units[unit]}");
    }

    // The last column stays free: some terminals go to the next line when it is written.
    private static int TerminalWidth(PSHost? host) => host?.UI?.RawUI?.BufferSize.Width is > 1 and var width ? width - 1 : int.MaxValue;
}
