Describe 'New-ModelLock, Test-ModelLock and Update-ModelLock' {
    BeforeAll {
        $network = New-Model { Dense 4 -Activation relu -InputShape 3; Dense 2 } -Name locked
        $network | Save-Model TestDrive:\model.h5
        New-ModelLock TestDrive:\model.h5 TestDrive:\models.lock.json
    }

    It 'writes a line for each weight' {
        $lines = Get-Content TestDrive:\models.lock.json
        ($lines | Where-Object { $_ -like '*"dense/kernel"*' }).Count | Should -Be 1
        (Get-Content TestDrive:\models.lock.json -Raw | ConvertFrom-Json).models[0].path | Should -Be 'model.h5'
    }

    It 'holds for the model in another container' {
        Convert-Model TestDrive:\model.h5 TestDrive:\model.keras | Out-Null
        Test-ModelLock -LockPath TestDrive:\models.lock.json | Should -Be $true
        Test-ModelLock TestDrive:\model.keras -LockPath TestDrive:\models.lock.json | Should -Be $true
        Test-Model TestDrive:\model.keras -Lock TestDrive:\models.lock.json | Should -Be $true
    }

    It 'breaks when numbers change, until the change is accepted' {
        $network | Set-ModelWeight dense/bias (1, 2, 3, 4)
        $network | Save-Model TestDrive:\model.h5 -Force
        Test-ModelLock -LockPath TestDrive:\models.lock.json | Should -Be $false
        $report = Test-ModelLock -LockPath TestDrive:\models.lock.json -Detailed
        $report.Findings[0].Code.Id | Should -Be 'MT3009'
        $report.Findings[0].Location | Should -Be 'dense/bias'
        Update-ModelLock -LockPath TestDrive:\models.lock.json
        Test-ModelLock -LockPath TestDrive:\models.lock.json | Should -Be $true
    }

    It 'says of a renamed model what it was called' {
        Copy-Item TestDrive:\model.h5 TestDrive:\renamed.h5
        Test-ModelLock TestDrive:\renamed.h5 -LockPath TestDrive:\models.lock.json | Should -Be $false
        $report = Test-ModelLock TestDrive:\renamed.h5 -LockPath TestDrive:\models.lock.json -Detailed
        $report.Findings.Code.Id | Should -Be 'MT3016'
        $report.Findings[0].Message | Should -BeLike "*the same model as 'model.h5': it was renamed*"

        New-Model { Dense 9 -InputShape 2 } | Save-Model TestDrive:\stranger.h5
        $report = Test-ModelLock TestDrive:\stranger.h5 -LockPath TestDrive:\models.lock.json -Detailed
        $report.Findings.Code.Id | Should -Be 'MT3016'
        $report.Findings[0].Message | Should -Not -BeLike '*same model*'
    }

    It 'takes models out of the lock that are gone' {
        Copy-Item TestDrive:\model.h5 TestDrive:\a.h5
        Copy-Item TestDrive:\model.h5 TestDrive:\b.h5
        $network | Save-ModelWeights TestDrive:\c.ckpt
        $network | Save-Model TestDrive:\c.json -Format KerasJson
        New-ModelLock TestDrive:\a.h5, TestDrive:\b.h5, TestDrive:\c.ckpt TestDrive:\several.lock.json
        Remove-Item TestDrive:\b.h5
        Test-ModelLock -LockPath TestDrive:\several.lock.json | Should -Be $true, $false, $true
        $lock = Update-ModelLock -LockPath TestDrive:\several.lock.json -PassThru -WarningVariable warnings -WarningAction SilentlyContinue
        $lock.Models.Path | Should -Be 'a.h5', 'c.ckpt'
        "$warnings" | Should -BeLike "*'b.h5'*"
        Test-ModelLock -LockPath TestDrive:\several.lock.json | Should -Be $true, $true

        Rename-Item TestDrive:\a.h5 z.h5
        $lock = Update-ModelLock TestDrive:\z.h5 -LockPath TestDrive:\several.lock.json -PassThru -WarningAction SilentlyContinue
        $lock.Models.Path | Should -Be 'c.ckpt', 'z.h5'
    }

    It 'does not replace a lock without -Force' {
        { New-ModelLock TestDrive:\model.h5 TestDrive:\models.lock.json -ErrorAction Stop } | Should -Throw
        New-ModelLock TestDrive:\model.h5 TestDrive:\models.lock.json -Force -PassThru | Should -Not -BeNullOrEmpty
    }
}

Describe 'Set-ModelWeight' {
    It 'refuses other shapes and names that are not there' {
        $network = New-Model { Dense 2 -InputShape 3 }
        { $network | Set-ModelWeight dense/bias (1, 2, 3) -ErrorAction Stop } | Should -Throw
        { $network | Set-ModelWeight dense/nothing (1, 2) -ErrorAction Stop } | Should -Throw
        $network | Set-ModelWeight dense/bias (1, 2) -WhatIf
        ($network | Set-ModelWeight dense/bias (1, 2) -PassThru).Name | Should -Be $network.Name
        ($network | Get-ModelWeight dense/bias).Value.ToArray() | Should -Be 1, 2
    }
}
