using System.Management.Automation;

namespace ModelTools.PowerShell.Tests.Pester;

/// <summary><c>Should</c>, with the operators that the tests use. Anything else fails to bind, and so fails the test.</summary>
[Cmdlet("Assert", "Should")]
public sealed class AssertShouldCommand : PSCmdlet
{
    internal const string FailedId = "PesterAssertionFailed";

    private readonly List<object?> _actual = [];

    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? ActualValue { get; set; }

    [Parameter]
    public SwitchParameter Not { get; set; }

    [Parameter]
    public string? Because { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Be")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Be { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "BeExactly")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? BeExactly { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "BeTrue")]
    public SwitchParameter BeTrue { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "BeFalse")]
    public SwitchParameter BeFalse { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "BeNullOrEmpty")]
    public SwitchParameter BeNullOrEmpty { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "BeOfType")]
    [Alias("HaveType")]
    public object BeOfType { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = "BeGreaterThan")]
    public object BeGreaterThan { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = "BeGreaterOrEqual")]
    public object BeGreaterOrEqual { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = "BeLessThan")]
    public object BeLessThan { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = "BeLessOrEqual")]
    public object BeLessOrEqual { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = "BeLike")]
    [AllowEmptyString]
    public string BeLike { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = "BeIn")]
    public object[] BeIn { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "Match")]
    [AllowEmptyString]
    public string Match { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = "Contain")]
    [AllowNull]
    public object? Contain { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "HaveCount")]
    public int HaveCount { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Exist")]
    public SwitchParameter Exist { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Throw")]
    public SwitchParameter Throw { get; set; }

    [Parameter(Position = 0, ParameterSetName = "Throw")]
    public string? ExpectedMessage { get; set; }

    [Parameter(Position = 1, ParameterSetName = "Throw")]
    public string? ErrorId { get; set; }

    [Parameter(Position = 2, ParameterSetName = "Throw")]
    public Type? ExceptionType { get; set; }

    [Parameter(ParameterSetName = "Throw")]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => _actual.Add(ActualValue);

    protected override void EndProcessing()
    {
        // Operators over collections see all that was piped; the others are asked about each value.
        if (ParameterSetName is "Be" or "BeExactly" or "BeNullOrEmpty" or "Contain" or "HaveCount")
        {
            Check(_actual.ToArray());
            return;
        }

        foreach (var value in _actual.DefaultIfEmpty(null))
        {
            Check(value);
        }
    }

    private void Check(object? actual)
    {
        var (holds, expectation) = ParameterSetName switch
        {
            "Be" => (ShouldOperators.AreEqual(actual, Be, ignoreCase: true), $"be {ShouldOperators.Show(Be)}"),
            "BeExactly" => (ShouldOperators.AreEqual(actual, BeExactly, ignoreCase: false), $"be exactly {ShouldOperators.Show(BeExactly)}"),
            "BeTrue" => (LanguagePrimitives.IsTrue(actual), "be true"),
            "BeFalse" => (!LanguagePrimitives.IsTrue(actual), "be false"),
            "BeNullOrEmpty" => (ShouldOperators.IsNullOrEmpty((object?[])actual!), "be null or empty"),
            "BeOfType" => (ShouldOperators.ToType(BeOfType).IsInstanceOfType(ShouldOperators.Base(actual)), $"be of type {BeOfType}"),
            "BeGreaterThan" => (ShouldOperators.Compare(actual, BeGreaterThan) > 0, $"be greater than {BeGreaterThan}"),
            "BeGreaterOrEqual" => (ShouldOperators.Compare(actual, BeGreaterOrEqual) >= 0, $"be at least {BeGreaterOrEqual}"),
            "BeLessThan" => (ShouldOperators.Compare(actual, BeLessThan) < 0, $"be less than {BeLessThan}"),
            "BeLessOrEqual" => (ShouldOperators.Compare(actual, BeLessOrEqual) <= 0, $"be at most {BeLessOrEqual}"),
            "BeLike" => (new WildcardPattern(BeLike, WildcardOptions.IgnoreCase).IsMatch(ShouldOperators.Text(actual)), $"be like '{BeLike}'"),
            "BeIn" => (Array.Exists(BeIn, item => ShouldOperators.Same(item, actual)), $"be in {ShouldOperators.Show(BeIn)}"),
            "Match" => (System.Text.RegularExpressions.Regex.IsMatch(ShouldOperators.Text(actual), Match, System.Text.RegularExpressions.RegexOptions.IgnoreCase), $"match '{Match}'"),
            "Contain" => (Array.Exists(actual is object?[] { Length: > 0 } items ? items : [null], item => ShouldOperators.Same(item, Contain)), $"contain {ShouldOperators.Show(Contain)}"),
            "HaveCount" => (((object?[])actual!).Length == HaveCount, $"have count {HaveCount}"),
            "Exist" => (ShouldOperators.Text(actual) is { Length: > 0 } path && InvokeProvider.Item.Exists(path), "exist"),
            "Throw" => CheckThrow(actual),
            _ => throw new PSInvalidOperationException($"The operator '{ParameterSetName}' is not known."),
        };
        if (holds == Not.IsPresent)
        {
            var reason = Because is null ? "" : $", because {Because}";
            ThrowTerminatingError(new ErrorRecord(
                new PSInvalidOperationException($"Expected {ShouldOperators.Show(actual)} to {(Not ? "not " : "")}{expectation}{reason}."), FailedId, ErrorCategory.InvalidResult, actual));
        }
    }

    private (bool Holds, string Expectation) CheckThrow(object? actual)
    {
        var block = ShouldOperators.Base(actual) as ScriptBlock ?? throw new PSArgumentException("Should -Throw needs a script block.");
        var error = ScriptBlock.Create("try { $null = & $args[0] } catch { $_ }").Invoke(block).Select(result => result?.BaseObject).OfType<ErrorRecord>().FirstOrDefault();
        if (error is null)
        {
            return (false, "throw");
        }

        if (Not)
        {
            return (true, $"throw, but it threw '{error.Exception.Message}' ({error.FullyQualifiedErrorId})");
        }

        if (PassThru)
        {
            WriteObject(error);
        }

        var holds = Like(ExpectedMessage, error.Exception.Message) && Like(ErrorId, error.FullyQualifiedErrorId) && ExceptionType?.IsInstanceOfType(error.Exception) != false;
        return (holds, $"throw message '{ExpectedMessage ?? "*"}' with id '{ErrorId ?? "*"}' and type {ExceptionType?.FullName ?? "any"}, but it threw '{error.Exception.Message}' ({error.FullyQualifiedErrorId})");
    }

    private static bool Like(string? pattern, string text) => string.IsNullOrWhiteSpace(pattern) || new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(text);
}
