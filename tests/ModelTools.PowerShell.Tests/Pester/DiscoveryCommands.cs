using System.Management.Automation;

namespace ModelTools.PowerShell.Tests.Pester;

/// <summary>What the words of a test file have in common: they add to the block that is being discovered.</summary>
public abstract class DiscoveryCommand : PSCmdlet
{
    /// <summary>The block being discovered; there is none while tests run.</summary>
    protected TestBlock Current => SessionState.PSVariable.GetValue(PesterFile.BlockVariable) as TestBlock
        ?? throw new PSInvalidOperationException($"'{MyInvocation.InvocationName}' cannot be used inside a test.");
}

/// <summary><c>Describe</c> and <c>Context</c>.</summary>
[Cmdlet(VerbsCommon.Add, "TestBlock")]
public sealed class AddTestBlockCommand : DiscoveryCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock Fixture { get; set; } = null!;

    [Parameter]
    public string[] Tag { get; set; } = [];

    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object[]? ForEach { get; set; }

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected override void EndProcessing()
    {
        foreach (var variables in TestData.Cases(ForEach))
        {
            var block = new TestBlock(TestData.Expand(Name, variables), Current, variables, Skip);
            Current.Children.Add(block);
            Fixture.InvokeWithContext(null, [.. variables, new PSVariable(PesterFile.BlockVariable, block)]);
        }
    }
}

/// <summary><c>It</c>.</summary>
[Cmdlet(VerbsCommon.Add, "TestCase")]
public sealed class AddTestCaseCommand : DiscoveryCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock Test { get; set; } = null!;

    [Parameter]
    [Alias("TestCases")]
    [AllowNull]
    [AllowEmptyCollection]
    public object[]? ForEach { get; set; }

    [Parameter]
    public string[] Tag { get; set; } = [];

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected override void EndProcessing()
    {
        foreach (var variables in TestData.Cases(ForEach))
        {
            Current.AddTest(TestData.Expand(Name, variables), Test, variables, Skip);
        }
    }
}

/// <summary><c>BeforeAll</c>, <c>BeforeEach</c>, <c>AfterEach</c>, <c>AfterAll</c>, and <c>BeforeDiscovery</c>.</summary>
[Cmdlet(VerbsCommon.Add, "TestSetup")]
public sealed class AddTestSetupCommand : DiscoveryCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Scriptblock { get; set; } = null!;

    protected override void EndProcessing()
    {
        switch (MyInvocation.InvocationName.ToUpperInvariant())
        {
            case "BEFOREDISCOVERY":
                // Runs at once, in the scope of the file, so that its variables reach the blocks below.
                InvokeCommand.InvokeScript(useLocalScope: false, Scriptblock, input: null);
                break;
            case "BEFOREALL":
                Current.BeforeAll.Add(Scriptblock);
                break;
            case "AFTERALL":
                Current.AfterAll.Add(Scriptblock);
                break;
            case "BEFOREEACH":
                Current.BeforeEach.Add(Scriptblock);
                break;
            case "AFTEREACH":
                Current.AfterEach.Add(Scriptblock);
                break;
            default:
                throw new PSInvalidOperationException($"'{MyInvocation.InvocationName}' is not known.");
        }
    }
}

/// <summary><c>Set-ItResult -Skipped</c>: ends a test that finds out that it cannot run here.</summary>
[Cmdlet(VerbsCommon.Set, "ItResult")]
public sealed class SetItResultCommand : PSCmdlet
{
    internal const string SkippedId = "PesterTestSkipped";

    [Parameter(Mandatory = true)]
    public SwitchParameter Skipped { get; set; }

    [Parameter]
    public string Because { get; set; } = "skipped by the test";

    protected override void EndProcessing() =>
        ThrowTerminatingError(new ErrorRecord(new PSInvalidOperationException(Because), SkippedId, ErrorCategory.OperationStopped, null));
}
