<#
.SYNOPSIS
Runs the *.Tests.ps1 files with the real Pester, where pwsh and Pester 5 are installed.
.DESCRIPTION
Build the solution first: the tests import the composed module below artifacts/module.
#>
[CmdletBinding()]
param(
    # Folders or files with tests.
    [string[]] $Path = $PSScriptRoot,

    # Only tests with one of these tags.
    [string[]] $Tag = @()
)

#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

$ErrorActionPreference = 'Stop'
$manifest = Get-ChildItem (Join-Path $PSScriptRoot '../artifacts/module/ModelTools') -Filter ModelTools.psd1 -Recurse | Select-Object -Last 1
if (-not $manifest) { throw 'The module is not composed: run "dotnet build" first.' }
Import-Module $manifest.FullName -Force

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.Exit = $true
$configuration.Filter.Tag = $Tag
Invoke-Pester -Configuration $configuration
