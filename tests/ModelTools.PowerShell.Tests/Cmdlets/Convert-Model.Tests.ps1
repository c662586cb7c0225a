Describe 'Convert-Model and Compare-Model' {
    BeforeAll {
        $network = New-Model { Dense 4 -Activation relu -InputShape 3; Dense 2 } -Name converted
        $network | Save-Model TestDrive:\source.h5
        New-Item TestDrive:\many -ItemType Directory | Out-Null
    }

    It 'converts into every format and back to the same model' {
        (Convert-Model TestDrive:\source.h5 TestDrive:\target.keras).TargetFormat | Should -Be 'KerasArchive'
        (Convert-Model TestDrive:\target.keras TestDrive:\served -Format SavedModel).TargetFormat | Should -Be 'SavedModel'
        Convert-Model TestDrive:\served TestDrive:\back.h5 | Out-Null
        (Compare-Model TestDrive:\source.h5 TestDrive:\back.h5).AreEqual | Should -Be $true
        (Compare-Model TestDrive:\target.keras TestDrive:\served).AreEqual | Should -Be $true
    }

    It 'tells what was dropped' {
        $report = Convert-Model TestDrive:\source.h5 TestDrive:\only.json
        $report.Dropped.ToString() | Should -BeLike '*Weights*'
    }

    It 'converts weights with a structure' {
        $network | Save-ModelWeights TestDrive:\weights.ckpt
        Convert-Model TestDrive:\weights.ckpt.index TestDrive:\joined.h5 -Structure (Import-Model TestDrive:\only.json) | Out-Null
        (Compare-Model $network TestDrive:\joined.h5).AreEqual | Should -Be $true
    }

    It 'keeps names in a folder and goes on after a bad file' {
        Set-Content TestDrive:\bad.h5 'no model'
        $files = 'TestDrive:\bad.h5', 'TestDrive:\source.h5' | Convert-Model -Destination TestDrive:\many -Format KerasArchive -PassThru -ErrorAction SilentlyContinue
        $files.Name | Should -Be 'source.keras'
    }

    It 'writes nothing with -WhatIf and replaces only with -Force' {
        Convert-Model TestDrive:\source.h5 TestDrive:\nothing.keras -WhatIf
        Test-Path TestDrive:\nothing.keras | Should -Be $false
        { Convert-Model TestDrive:\source.h5 TestDrive:\target.keras -ErrorAction Stop } | Should -Throw
        (Convert-Model TestDrive:\source.h5 TestDrive:\target.keras -Force).TargetFormat | Should -Be 'KerasArchive'
    }

    It 'finds what differs' {
        $other = Import-Model TestDrive:\source.h5
        $other | Set-ModelWeight dense/bias (1, 2, 3, 4)
        $comparison = Compare-Model TestDrive:\source.h5 $other
        $comparison.AreEqual | Should -Be $false
        $comparison.LargestValueDifference | Should -Be 4
        $comparison.Differences[0].Location | Should -Be 'dense/bias'
    }
}
