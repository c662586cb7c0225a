using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Module;

/// <summary>What users of PowerShell may expect of every cmdlet.</summary>
public sealed partial class CmdletConventionTests : IClassFixture<CmdletConventionTests.ImportedModule>
{
    private static readonly string[] Reserved = ["Confirm", "Debug", "ErrorAction", "ErrorVariable", "InformationAction", "OutBuffer", "OutVariable", "PipelineVariable", "ProgressAction", "Verbose", "WarningAction", "WarningVariable", "WhatIf"];
    private static readonly string[] Nouns = ["Model", "SavedModel", "Tensor"];

    /// <summary>Verbs that change something outside of the pipeline, and therefore answer to <c>-WhatIf</c>.</summary>
    private static readonly string[] Writers = ["Save", "Export", "Convert", "Update", "Remove", "Set", "Install"];

    private readonly Type[] _cmdlets;
    private readonly string[] _exported;

    public CmdletConventionTests(ImportedModule module)
    {
        _cmdlets = module.Cmdlets;
        _exported = module.Exported;
    }

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets_there_are() =>
        Assert.Equal(_cmdlets.Select(NameOf).Order(StringComparer.Ordinal), _exported.Order(StringComparer.Ordinal));

    [Fact]
    public void The_table_of_the_readme_lists_exactly_the_cmdlets_there_are()
    {
        var readme = File.ReadAllText(Path.Combine(TestFolders.Repository, "README.md"));
        var listed = TableRow().Matches(readme).Select(match => match.Groups[1].Value);

        Assert.Equal(_cmdlets.Select(NameOf).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_cmdlet_is_named_as_cmdlets_are()
    {
        var verbs = typeof(VerbsCommon).Assembly.GetTypes()
            .Where(type => type.IsPublic && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(_cmdlets, type =>
        {
            var cmdlet = Attribute(type);
            Assert.Contains(cmdlet.VerbName, verbs);
            Assert.Contains(Nouns, noun => cmdlet.NounName.StartsWith(noun, StringComparison.Ordinal));
            Assert.Equal($"{cmdlet.VerbName}{cmdlet.NounName}Command", type.Name);
            Assert.Equal("ModelTools.Commands", type.Namespace);
            Assert.True(type.IsSealed, $"{type.Name} is not sealed.");
        });
    }

    [Fact]
    public void Every_cmdlet_says_what_it_writes() =>
        Assert.All(_cmdlets, type => Assert.True(type.GetCustomAttributes<OutputTypeAttribute>(inherit: true).Any(), $"{NameOf(type)} has no OutputType."));

    [Fact]
    public void Cmdlets_that_write_answer_to_WhatIf() => Assert.All(
        _cmdlets.Where(type => Writers.Contains(Attribute(type).VerbName)),
        type => Assert.True(Attribute(type).SupportsShouldProcess || !WritesFiles(type), $"{NameOf(type)} writes files and does not support ShouldProcess."));

    [Fact]
    public void Parameters_are_singular_and_not_reserved() => Assert.All(
        _cmdlets.SelectMany(type => Parameters(type).Select(parameter => (Cmdlet: NameOf(type), parameter.Name))),
        parameter =>
        {
            Assert.DoesNotContain(parameter.Name, Reserved);
            Assert.True(
                !parameter.Name.EndsWith('s') || parameter.Name.EndsWith("ss", StringComparison.Ordinal) || parameter.Name.EndsWith("as", StringComparison.Ordinal) || parameter.Name.EndsWith("Axis", StringComparison.Ordinal),
                $"{parameter.Cmdlet} -{parameter.Name} is a plural.");
            Assert.True(char.IsUpper(parameter.Name[0]), $"{parameter.Cmdlet} -{parameter.Name} is not in Pascal case.");
        });

    [Fact]
    public void A_cmdlet_that_takes_paths_takes_them_literally_too() => Assert.All(
        _cmdlets.Where(type => Parameters(type).Any(parameter => parameter.Name == "Path" && parameter.PropertyType == typeof(string[]))),
        type => Assert.Contains(Parameters(type), parameter => parameter.Name == "LiteralPath"));

    private static bool WritesFiles(Type type) => Parameters(type).Any(parameter => parameter.Name is "Path" or "Destination" or "DestinationPath" or "LiteralPath");

    private static IEnumerable<PropertyInfo> Parameters(Type type) => type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute)));

    private static CmdletAttribute Attribute(Type type) => type.GetCustomAttribute<CmdletAttribute>()!;

    private static string NameOf(Type type) => $"{Attribute(type).VerbName}-{Attribute(type).NounName}";

    [GeneratedRegex(@"^\| `([A-Z][A-Za-z]+-[A-Z][A-Za-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    /// <summary>The module, imported once for all of these tests.</summary>
    public sealed class ImportedModule : IDisposable
    {
        private readonly ModuleSession _session = new();

        public ImportedModule()
        {
            Exported = [.. ((PSModuleInfo)_session.Invoke("Get-Module ModelTools")[0].BaseObject).ExportedCmdlets.Keys];
            var assembly = AppDomain.CurrentDomain.GetAssemblies().Single(candidate => candidate.GetName().Name == "ModelTools.PowerShell");
            Cmdlets = [.. assembly.GetTypes().Where(type => type.IsDefined(typeof(CmdletAttribute)) && !type.IsAbstract)];
        }

        public Type[] Cmdlets { get; }

        public string[] Exported { get; }

        public void Dispose() => _session.Dispose();
    }
}
