using System.Xml.Linq;
using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Help;

/// <summary>The help file of the composed module.</summary>
internal static class HelpFile
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Its entries.</summary>
    public static IReadOnlyList<HelpEntry> Entries { get; } =
    [
        .. XDocument.Load(Path.Combine(ModuleSession.Folder, "en-US", "ModelTools.PowerShell.dll-Help.xml")).Descendants(Command + "command").Select(entry => new HelpEntry(
            entry.Element(Command + "details")!.Element(Command + "name")!.Value,
            entry.Element(Command + "details")!.Element(Maml + "description")!.Value,
            entry.Element(Maml + "description")!.Value,
            entry.Element(Command + "parameters")!.Elements().ToDictionary(parameter => parameter.Element(Maml + "name")!.Value, parameter => parameter.Element(Maml + "Description")!.Value),
            [.. entry.Descendants(Dev + "code").Select(code => code.Value)],
            [.. entry.Descendants(Dev + "remarks").Select(remarks => remarks.Value)],
            [.. entry.Element(Command + "returnValues")!.Descendants(Dev + "type").Select(type => type.Value)],
            [.. entry.Descendants(Maml + "linkText").Select(link => link.Value)])),
    ];
}

/// <summary>What the file says about one cmdlet.</summary>
internal sealed record HelpEntry(
    string Name, string Synopsis, string Description, IReadOnlyDictionary<string, string> Parameters, string[] Examples, string[] Remarks, string[] Outputs, string[] Links);
