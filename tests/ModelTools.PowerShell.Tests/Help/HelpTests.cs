using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Help;

/// <summary>Get-Help answers for everything there is, and for nothing else.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Every_cmdlet_has_an_entry_that_is_complete()
    {
        var cmdlets = Cmdlets();

        Assert.Equal(cmdlets.Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal), HelpFile.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Equal([], HelpFile.Entries.SelectMany(Missing).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_parameters_of_an_entry_are_those_of_the_cmdlet() => Assert.All(Cmdlets(), cmdlet =>
    {
        var expected = cmdlet.ParameterSets.SelectMany(set => set.Parameters).Select(parameter => parameter.Name).Distinct().Except(Cmdlet.CommonParameters);
        Assert.Equal(expected.Order(StringComparer.Ordinal), HelpFile.Entries.Single(entry => entry.Name == cmdlet.Name).Parameters.Keys.Order(StringComparer.Ordinal));
    });

    [Fact]
    public void Links_lead_to_cmdlets_and_topics_there_are()
    {
        var targets = HelpFile.Entries.Select(entry => entry.Name).Concat(Topics()).ToHashSet();

        Assert.Equal([], HelpFile.Entries.SelectMany(entry => entry.Links.Where(link => !targets.Contains(link)).Select(link => $"{entry.Name}: {link}")));
    }

    [Fact]
    public void Get_Help_finds_the_entries()
    {
        foreach (var entry in HelpFile.Entries)
        {
            var help = _session.Invoke("param($name) Get-Help $name -Full", entry.Name).Single();
            Assert.Equal(entry.Synopsis, help.Properties["Synopsis"].Value);
            var examples = _session.Invoke("param($name) (Get-Help $name -Examples).examples.example.code", entry.Name);
            Assert.Equal(entry.Examples, examples.Where(code => code is not null).Select(code => code.ToString()));
        }

        var parameter = _session.Invoke("Get-Help Import-Model -Parameter Path | Out-String").Single().ToString();
        Assert.Contains("Wildcards are allowed", parameter, StringComparison.Ordinal);
        Assert.Contains("Import-Model [-Path] <String[]>", _session.Invoke("Get-Help Import-Model | Out-String").Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_topic_of_errors_has_an_entry_for_every_code()
    {
        var text = Topic("about_ModelTools_Errors");

        Assert.All(Table("ModelTools.Diagnostics.ErrorCode"), code => Assert.Contains($"\n    {Read(code, "Id")}  ", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_topic_of_formats_has_a_row_for_every_format()
    {
        var text = Topic("about_ModelTools_Formats");

        Assert.All(Table("ModelTools.Formats.ModelFormat"), format => Assert.Contains($"{Read(format, "Title")}", text, StringComparison.Ordinal));
        Assert.Matches(@"KerasH5 +rw +rw +rw +rw +--", text);
    }

    [Fact]
    public void The_topics_of_layers_and_training_name_every_class_that_the_cmdlets_take()
    {
        var layers = Topic("about_ModelTools_Layers");
        var training = Topic("about_ModelTools_Training");

        Assert.All(Offered("New-ModelLayer "), name => Assert.Matches($"\n    {name}( |\n)", layers));
        Assert.All(Offered("New-ModelOptimizer ").Concat(Offered("New-ModelLoss ")), name => Assert.Matches($"\n    {name}( |\n)", training));
        Assert.All(Offered("Set-ModelTraining -Metric ").Except(["accuracy"]), name => Assert.Matches($@"[ \n]{name}(,|\n)", training));
        Assert.Contains("    Dense [-Units] <Int32> [-Activation <Object>]", layers, StringComparison.Ordinal);
    }

    [Fact]
    public void No_placeholder_is_left_in_a_topic() => Assert.All(Topics(), topic => Assert.DoesNotContain("{{", Topic(topic), StringComparison.Ordinal));

    private static IEnumerable<string> Missing(HelpEntry entry)
    {
        (string What, bool Is)[] facts =
        [
            ("a synopsis", entry.Synopsis.Length > 0),
            ("a description", entry.Description.Length > 0),
            ("two examples", entry.Examples.Length >= 2),
            ("remarks on its examples", entry.Remarks.All(remarks => remarks.Length > 0)),
            ("outputs", entry.Outputs.Length > 0),
            ("links", entry.Links.Length > 0),
            .. entry.Parameters.Select(parameter => ($"a text for -{parameter.Key}", parameter.Value.Length > 0)),
        ];
        return facts.Where(fact => !fact.Is).Select(fact => $"{entry.Name} lacks {fact.What}");
    }

    private IEnumerable<string> Offered(string text) =>
        _session.Invoke("param($text) [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches.CompletionText", text).Select(name => name.ToString());

    private List<CmdletInfo> Cmdlets() => [.. _session.Invoke("Get-Command -Module ModelTools").Select(command => (CmdletInfo)command.BaseObject)];

    private string Topic(string name) => _session.Invoke("param($name) Get-Help $name", name).Single().ToString().ReplaceLineEndings("\n");

    private static IEnumerable<string> Topics() =>
        Directory.EnumerateFiles(Path.Combine(ModuleSession.Folder, "en-US"), "about_*.help.txt").Select(file => Path.GetFileName(file)[..^".help.txt".Length]);

    private static IEnumerable<object> Table(string type) =>
        ((IEnumerable)AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName("ModelTools.Core")).GetType(type, throwOnError: true)!.GetProperty("All")!.GetValue(null)!).Cast<object>();

    private static object? Read(object item, string property) => item.GetType().GetProperty(property)!.GetValue(item);
}
