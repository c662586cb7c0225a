<#
.SYNOPSIS
Runs the *.Tests.ps1 files with the real Pester, where pwsh and Pester 5 or newer are installed.
.DESCRIPTION
Build the solution first: the tests import the composed module below artifacts/module. The exit code is 0 if all tests
passed, 1 if one failed, 2 if Pester or the module is missing.
.EXAMPLE
pwsh tests/Invoke-Pester.ps1
.EXAMPLE
pwsh tests/Invoke-Pester.ps1 -Name *tensor* -Output Detailed
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    # Folders or files with tests.
    [Parameter(Position = 0)]
    [string[]] $Path = $PSScriptRoot,

    # Only tests with one of these full names: Describe, Context and It with dots between, wildcards allowed.
    [string[]] $Name = @(),

    # How much is told of tests that pass.
    [ValidateSet('None', 'Minimal', 'Normal', 'Detailed', 'Diagnostic')]
    [string] $Output = 'Normal',

    # The manifest of the module to test.
    [string] $Module = (Join-Path $PSScriptRoot '../artifacts/module/ModelTools/*/ModelTools.psd1')
)

# Neither "#Requires -Modules", which makes pwsh lose the exit code, nor $ErrorActionPreference, which the tests would see.
if (-not (Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -ge 5 })) {
    $Host.UI.WriteErrorLine('Pester 5 or newer is not installed. Install it: Install-PSResource Pester')
    $Host.UI.WriteErrorLine('Or run these tests without it: dotnet test tests/ModelTools.PowerShell.Tests -c Release')
    exit 2
}

$manifest = Get-Item $Module -ErrorAction Ignore | Sort-Object LastWriteTime | Select-Object -Last 1
if (-not $manifest) {
    $Host.UI.WriteErrorLine("There is no module at $Module. Compose it first: dotnet build ModelTools.sln -c Release.")
    exit 2
}

Import-Module Pester -MinimumVersion 5.0 -ErrorAction Stop
Import-Module $manifest.FullName -Force -ErrorAction Stop

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Filter.FullName = $Name
$configuration.Output.Verbosity = $Output
$run = Invoke-Pester -Configuration $configuration
exit [int]($run.Result -ne 'Passed')
