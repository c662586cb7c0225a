using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace ModelTools.Help;

/// <summary>The file that Get-Help reads.</summary>
internal static class MamlDocument
{
    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly Dictionary<string, string[]> Always = new(StringComparer.OrdinalIgnoreCase)
    {
        ["WhatIf"] = ["Shows what would happen, and does nothing."],
        ["Confirm"] = ["Asks before anything is done."],
    };

    /// <summary>Puts what the cmdlets are and what the pages say together.</summary>
    public static XDocument Create(IReadOnlyList<CmdletDescription> cmdlets, HelpFolder help) =>
        new(new XElement(Root + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(cmdlet => Entry(cmdlet, help))));

    private static XElement Entry(CmdletDescription cmdlet, HelpFolder help)
    {
        var page = help.PageOf(cmdlet.Name);
        var words = cmdlet.Name.Split('-');
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "command", Command.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "dev", Dev.NamespaceName),
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", words[0]),
                new XElement(Command + "noun", words[1]),
                Paragraphs(Maml + "description", page is null ? [] : [page.Synopsis])),
            Paragraphs(Maml + "description", page?.Description ?? []),
            new XElement(Command + "syntax", cmdlet.Sets.Select(set => new XElement(
                Command + "syntaxItem",
                new XElement(Maml + "name", cmdlet.Name),
                CmdletDescription.Visible(set).Select(parameter => Parameter(parameter, Text(parameter), cmdlet.DefaultOf(parameter)))))),
            new XElement(Command + "parameters", cmdlet.Parameters.Select(parameter => Parameter(parameter, Text(parameter), cmdlet.DefaultOf(parameter)))),
            new XElement(Command + "inputTypes", (page?.Inputs ?? []).Select(item => TypeEntry(Command + "inputType", item))),
            new XElement(Command + "returnValues", (page?.Outputs ?? []).Select(item => TypeEntry(Command + "returnValue", item))),
            page?.Notes is { Count: > 0 } notes ? new XElement(Maml + "alertSet", Paragraphs(Maml + "alert", notes)) : null,
            new XElement(Command + "examples", (page?.Examples ?? []).Select(Example)),
            new XElement(Command + "relatedLinks", (page?.Links ?? []).Select(link => new XElement(
                Maml + "navigationLink", new XElement(Maml + "linkText", link), new XElement(Maml + "uri")))));

        IReadOnlyList<string> Text(CommandParameterInfo parameter) => Always.GetValueOrDefault(parameter.Name) ?? help.TextOf(cmdlet.Name, parameter.Name);
    }

    private static XElement Parameter(CommandParameterInfo parameter, IReadOnlyList<string> text, string? value)
    {
        var type = TypeName(parameter.ParameterType);
        var isSwitch = parameter.ParameterType == typeof(SwitchParameter);
        return new XElement(
            Command + "parameter",
            new XAttribute("required", Word(parameter.IsMandatory)),
            new XAttribute("variableLength", Word(parameter.ParameterType.IsArray)),
            new XAttribute("globbing", Word(parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any())),
            new XAttribute("pipelineInput", Pipeline(parameter)),
            new XAttribute("position", parameter.Position < 0 ? "named" : (parameter.Position + 1).ToString(CultureInfo.InvariantCulture)),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Paragraphs(Maml + "Description", text),
            isSwitch ? null : new XElement(Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", Word(parameter.ParameterType.IsArray)), type),
            new XElement(Dev + "type", new XElement(Maml + "name", type), new XElement(Maml + "uri")),
            value is null || parameter.IsMandatory ? null : new XElement(Dev + "defaultValue", value));
    }

    private static string Pipeline(CommandParameterInfo parameter) => (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static XElement Example(HelpExample example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"--------- Example {index + 1}: {example.Title} ---------"),
        new XElement(Dev + "code", example.Code),
        Paragraphs(Dev + "remarks", [.. example.Remarks, ""])); // The empty one sets the next example apart.

    private static XElement TypeEntry(XName name, HelpItem item) =>
        new(name, new XElement(Dev + "type", new XElement(Maml + "name", item.Type)), Paragraphs(Maml + "description", item.Text));

    private static XElement Paragraphs(XName name, IReadOnlyList<string> text) => new(name, text.Select(paragraph => new XElement(Maml + "para", paragraph)));

    private static string TypeName(Type type) => Nullable.GetUnderlyingType(type)?.Name ?? type.Name;

    private static string Word(bool value) => value ? "true" : "false";
}
