using System.Xml;
using ModelTools.Help;

// Called by the module's build: CMDLETS.dll PAGES OUTPUT
if (args is not [var assembly, var pages, var output])
{
    await Console.Error.WriteLineAsync("usage: ModelTools.Help CMDLETS.dll PAGES-FOLDER OUTPUT-FOLDER");
    return 2;
}

try
{
    var cmdlets = CmdletDescription.All(assembly);
    var help = HelpFolder.Read(pages);
    help.Check(cmdlets);

    Directory.CreateDirectory(output);
    using (var writer = XmlWriter.Create(Path.Combine(output, $"{Path.GetFileName(assembly)}-Help.xml"), new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
    {
        MamlDocument.Create(cmdlets, help).Save(writer);
    }

    foreach (var topic in AboutTopic.All(pages, assembly))
    {
        File.WriteAllText(Path.Combine(output, topic.FileName), topic.Text);
    }

    return 0;
}
catch (HelpPageException error)
{
    // The form that MSBuild reads as an error of its own.
    Console.WriteLine($"{error.File}({error.Line}): error HELP001: {error.Message}");
    return 1;
}
