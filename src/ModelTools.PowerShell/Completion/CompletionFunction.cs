using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ModelTools.Completion;

/// <summary>The function <c>TabExpansion2</c>, which PowerShell and editors ask what the Tab key offers: the only place where names of commands can be added.</summary>
/// <remarks>It is replaced where it is PowerShell's own, and put back when the module leaves; one that the user has made stays as it is.</remarks>
internal static class CompletionFunction
{
    private const string Name = "TabExpansion2";

    private const string Replace = """
        param($before, $after)
        $ErrorActionPreference = 'Ignore'
        if ("${function:global:TabExpansion2}" -ceq $before) { ${function:global:TabExpansion2} = $after }
        """;

    private const string Extended = """
        [CmdletBinding(DefaultParameterSetName = 'Text')]
        param(
            [Parameter(ParameterSetName = 'Text', Mandatory, Position = 0)] [AllowEmptyString()] [string] $inputScript,
            [Parameter(ParameterSetName = 'Text', Position = 1)] [int] $cursorColumn = $inputScript.Length,
            [Parameter(ParameterSetName = 'Tree', Mandatory, Position = 0)] [System.Management.Automation.Language.Ast] $ast,
            [Parameter(ParameterSetName = 'Tree', Mandatory, Position = 1)] [System.Management.Automation.Language.Token[]] $tokens,
            [Parameter(ParameterSetName = 'Tree', Mandatory, Position = 2)] [System.Management.Automation.Language.IScriptPosition] $positionOfCursor,
            [Parameter(ParameterSetName = 'Text', Position = 2)] [Parameter(ParameterSetName = 'Tree', Position = 3)] [hashtable] $options)
        if ($PSCmdlet.ParameterSetName -eq 'Text') {
            [ModelTools.Completion.LayerClassWords]::Complete($inputScript, $cursorColumn, $options)
        } else {
            [ModelTools.Completion.LayerClassWords]::Complete($ast, $tokens, $positionOfCursor, $options)
        }
        """;

    /// <summary>Extends PowerShell's function.</summary>
    public static void Extend() => Exchange(Plain(), Extended);

    /// <summary>Gives PowerShell its function back.</summary>
    public static void Restore() => Exchange(Extended, Plain());

    private static string Plain() => InitialSessionState.CreateDefault2().Commands[Name].OfType<SessionStateFunctionEntry>().Single().Definition;

    private static void Exchange(string before, string after)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript(Replace, useLocalScope: true).AddArgument(before).AddArgument(after).Invoke();
    }
}
