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
        Convert-Model TestDrive:\model.h5 TestDrive:\other.keras | Out-Null
        Test-ModelLock -LockPath TestDrive:\models.lock.json | Should -Be $true
        Test-ModelLock TestDrive:\other.keras -LockPath TestDrive:\models.lock.json | Should -Be $true
        Test-Model TestDrive:\other.keras -Lock TestDrive:\models.lock.json | Should -Be $true
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
