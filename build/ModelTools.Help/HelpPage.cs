namespace ModelTools.Help;

/// <summary>What a page in <c>module/help</c> says about one cmdlet.</summary>
/// <param name="File">The page.</param>
/// <param name="Name">The cmdlet.</param>
/// <param name="Synopsis">One sentence.</param>
/// <param name="Description">Paragraphs.</param>
/// <param name="Parameters">Text by parameter.</param>
/// <param name="Examples">Examples, in order.</param>
/// <param name="Inputs">What comes through the pipeline.</param>
/// <param name="Outputs">What the cmdlet writes.</param>
/// <param name="Notes">Paragraphs.</param>
/// <param name="Links">Related cmdlets and topics.</param>
internal sealed record HelpPage(
    string File,
    string Name,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters,
    IReadOnlyList<HelpExample> Examples,
    IReadOnlyList<HelpItem> Inputs,
    IReadOnlyList<HelpItem> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Links);

/// <summary>One example.</summary>
/// <param name="Title">What it does.</param>
/// <param name="Code">Lines of PowerShell.</param>
/// <param name="Remarks">Paragraphs.</param>
internal sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>A type that goes in or out.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Text">Paragraphs.</param>
internal sealed record HelpItem(string Type, IReadOnlyList<string> Text);
