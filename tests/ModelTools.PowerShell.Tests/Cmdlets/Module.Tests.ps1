Describe 'The module' {
    It 'is imported once, with its cmdlets and nothing else' {
        $module = Get-Module ModelTools
        $module | Should -HaveCount 1
        $module.ExportedFunctions.Count | Should -Be 0
        $module.ExportedAliases.Count | Should -Be 0
        $module.ExportedVariables.Count | Should -Be 0
    }

    It 'can be removed and imported again' {
        $path = (Get-Module ModelTools).Path
        $manifest = Join-Path (Split-Path $path) 'ModelTools.psd1'
        Remove-Module ModelTools
        Get-Module ModelTools | Should -BeNullOrEmpty
        Import-Module $manifest
        Get-Module ModelTools | Should -HaveCount 1
    }
}
