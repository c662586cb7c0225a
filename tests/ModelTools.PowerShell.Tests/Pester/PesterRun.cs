using System.Management.Automation;
using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Pester;

/// <summary>The run phase: setups and tests in nested scopes, as PowerShell itself nests them.</summary>
public sealed class PesterRun : IDisposable
{
    /// <summary>
    /// Runs one block. Each block and each test has a scope of its own that sees those around it; setups are dot-sourced, so
    /// that their variables belong to the scope they prepare.
    /// </summary>
    private const string BlockScript = """
        param($__run, $__block)
        foreach ($__variable in $__block.Variables) { Set-Variable $__variable.Name $__variable.Value }
        $__run.EnterBlock($__block)
        try {
            foreach ($__script in $__block.BeforeAll) { $null = . $__script }
            foreach ($__child in $__block.Children) {
                if (-not $__run.Wants($__child)) { continue }
                if ($__child -is [ModelTools.PowerShell.Tests.Pester.TestBlock]) {
                    & $__run.Script $__run $__child
                    continue
                }
                & {
                    foreach ($__variable in $__child.Variables) { Set-Variable $__variable.Name $__variable.Value }
                    try {
                        foreach ($__script in $__block.Preparations) { $null = . $__script }
                        $null = . $__child.Body
                        $__run.Pass($__child)
                    }
                    catch { $__run.Fail($__child, $_) }
                    finally {
                        try { foreach ($__script in $__block.Cleanups) { $null = . $__script } }
                        catch { $__run.Fail($__child, $_) }
                    }
                }
            }
        }
        catch { $__run.Fail($__block, $_) }
        finally {
            try { foreach ($__script in $__block.AfterAll) { $null = . $__script } }
            catch { $__run.Fail($__block, $_) }
            $__run.LeaveBlock()
        }
        """;

    private readonly ModuleSession _session;
    private readonly TestDrive _drive;
    private readonly Dictionary<string, TestOutcome> _outcomes = new(StringComparer.Ordinal);

    internal PesterRun(ModuleSession session)
    {
        _session = session;
        _drive = new TestDrive(session);
    }

    /// <summary>The script that runs a block, for the blocks inside.</summary>
    public ScriptBlock Script { get; } = ScriptBlock.Create(BlockScript);

    internal IReadOnlyDictionary<string, TestOutcome> Outcomes => _outcomes;

    internal void Execute(TestBlock root)
    {
        foreach (var test in root.Tests.Where(test => test.Skip))
        {
            _outcomes[test.FullName] = new TestOutcome(Skipped: "marked -Skip");
        }

        if (root.HasWork)
        {
            // Errors that end nothing are the tests' own business, as under Pester.
            Assert.Null(_session.Run("param($run, $root) & $run.Script $run $root", this, root).Failure);
        }
    }

    /// <summary>Whether a block or test is to run.</summary>
    public bool Wants(object child) => (child is PSObject wrapped ? wrapped.BaseObject : child) is TestBlock block ? block.HasWork : !((TestCase)((child as PSObject)?.BaseObject ?? child)).Skip;

    /// <summary>A block begins.</summary>
    public void EnterBlock(TestBlock block) => _drive.Enter();

    /// <summary>A block ends: what it left on the test drive goes.</summary>
    public void LeaveBlock() => _drive.Leave();

    /// <summary>A test ran to its end.</summary>
    public void Pass(TestCase test) => Record(test, new TestOutcome());

    /// <summary>A test failed, or found out that it must be skipped.</summary>
    public void Fail(TestCase test, ErrorRecord error) => Record(test, error.FullyQualifiedErrorId.StartsWith(SetItResultCommand.SkippedId, StringComparison.Ordinal)
        ? new TestOutcome(Skipped: error.Exception.Message)
        : new TestOutcome(Describe(error)));

    /// <summary>A setup of a block failed: and with it all tests of the block.</summary>
    public void Fail(TestBlock block, ErrorRecord error)
    {
        foreach (var test in block.Tests)
        {
            Fail(test, error);
        }
    }

    public void Dispose() => _drive.Dispose();

    private static string Describe(ErrorRecord error) =>
        $"{error.Exception.Message}{Environment.NewLine}{error.FullyQualifiedErrorId}{Environment.NewLine}{error.ScriptStackTrace}";

    private void Record(TestCase test, TestOutcome outcome)
    {
        // The first failure says most; later ones often follow from it.
        if (_outcomes.TryGetValue(test.FullName, out var known) && known.Failure is not null)
        {
            return;
        }

        _outcomes[test.FullName] = outcome;
    }
}
