using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Pester;

/// <summary>One <c>*.Tests.ps1</c>: discovered as Pester 5 discovers it, then run as Pester 5 runs it, in a PowerShell of its own.</summary>
public sealed class PesterFile
{
    internal const string BlockVariable = "__pesterBlock";

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyDictionary<string, TestOutcome>>> Runs = new();

    private static readonly (string Word, Type Command)[] Words =
    [
        ("Describe", typeof(AddTestBlockCommand)),
        ("Context", typeof(AddTestBlockCommand)),
        ("It", typeof(AddTestCaseCommand)),
        ("BeforeDiscovery", typeof(AddTestSetupCommand)),
        ("BeforeAll", typeof(AddTestSetupCommand)),
        ("BeforeEach", typeof(AddTestSetupCommand)),
        ("AfterEach", typeof(AddTestSetupCommand)),
        ("AfterAll", typeof(AddTestSetupCommand)),
        ("Should", typeof(AssertShouldCommand)),
    ];

    /// <summary>The names of the tests in a file.</summary>
    public static IReadOnlyList<string> Discover(string path)
    {
        using var session = Open();
        return [.. Discover(session, path).Tests.Select(test => test.FullName)];
    }

    /// <summary>What came of one test; the file runs once, when its first test is asked for.</summary>
    public static TestOutcome OutcomeOf(string path, string test) =>
        Runs.GetOrAdd(path, file => new(() => Run(file))).Value.TryGetValue(test, out var outcome) ? outcome : new TestOutcome($"The test '{test}' did not run.");

    internal static IReadOnlyDictionary<string, TestOutcome> Run(string path)
    {
        using var session = Open();
        var root = Discover(session, path);
        using var run = new PesterRun(session);
        run.Execute(root);
        return run.Outcomes;
    }

    private static TestBlock Discover(ModuleSession session, string path)
    {
        var root = new TestBlock(Path.GetFileName(path), parent: null, variables: [], skip: false);
        session.Runspace.SessionStateProxy.SetVariable(BlockVariable, root);
        session.Invoke("param($path) & $path", path);
        session.Runspace.SessionStateProxy.SetVariable(BlockVariable, null);
        Assert.Distinct(root.Tests.Select(test => test.FullName));
        return root;
    }

    private static ModuleSession Open() => new(configure: state =>
    {
        state.Commands.Add(new SessionStateCmdletEntry("Set-ItResult", typeof(SetItResultCommand), helpFileName: null));
        foreach (var (word, type) in Words)
        {
            var cmdlet = (CmdletAttribute)Attribute.GetCustomAttribute(type, typeof(CmdletAttribute))!;
            var name = $"{cmdlet.VerbName}-{cmdlet.NounName}";
            state.Commands.Add(new SessionStateCmdletEntry(name, type, helpFileName: null));
            state.Commands.Add(new SessionStateAliasEntry(word, name));
        }
    });
}
