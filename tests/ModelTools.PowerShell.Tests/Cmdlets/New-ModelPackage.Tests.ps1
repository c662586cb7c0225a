Describe 'New-ModelPackage' {
    BeforeAll {
        $network = New-Model { Dense 4 -Activation relu -InputShape 3; Dense 2 } -Name packed
        $network | Save-Model TestDrive:\model.h5
        $network | Save-Model TestDrive:\second.keras
        New-ModelLock TestDrive:\model.h5 TestDrive:\models.lock.json
        $out = (New-Item -ItemType Directory (Join-Path $TestDrive packages)).FullName
    }

    It 'packs models with their lock and build files' {
        $report = Get-ChildItem $TestDrive -Filter *model.h5 | New-ModelPackage -Id Acme.Net -Version 1.2.3 -OutputFolder $out -License MIT
        $report.Id | Should -Be 'Acme.Net'
        $report.Path | Should -BeLike '*Acme.Net.1.2.3.nupkg'
        Test-Path $report.Path | Should -Be $true
        foreach ($file in 'Acme.Net.nuspec', 'models/model.h5', 'models/models.lock.json', 'build/Acme.Net.targets') {
            ($report.Files | Where-Object { $_ -eq $file }).Count | Should -Be 1
        }
    }

    It 'packs only what keeps its lock' {
        New-ModelPackage TestDrive:\model.h5 Acme.Locked -LockPath TestDrive:\models.lock.json -OutputFolder $out | Should -Not -BeNullOrEmpty
        $network | Set-ModelWeight dense/bias (1, 2, 3, 4)
        $network | Save-Model TestDrive:\model.h5 -Force
        { New-ModelPackage TestDrive:\model.h5 Acme.Changed -LockPath TestDrive:\models.lock.json -OutputFolder $out -ErrorAction Stop } | Should -Throw -ErrorId 'MT3009,*'
        Test-Path (Join-Path $out Acme.Changed.1.0.0.nupkg) | Should -Be $false
    }

    It 'replaces a package only with -Force, and refuses what is too large or has no proper name' {
        New-ModelPackage TestDrive:\second.keras Acme.Twice -OutputFolder $out | Out-Null
        { New-ModelPackage TestDrive:\second.keras Acme.Twice -OutputFolder $out -ErrorAction Stop } | Should -Throw -ErrorId 'MT6002,*'
        New-ModelPackage TestDrive:\second.keras Acme.Twice -OutputFolder $out -Force | Should -Not -BeNullOrEmpty
        { New-ModelPackage TestDrive:\second.keras Acme.Large -OutputFolder $out -MaximumSize 100 -ErrorAction Stop } | Should -Throw -ErrorId 'MT3022,*'
        { New-ModelPackage TestDrive:\second.keras 'no name' -OutputFolder $out -ErrorAction Stop } | Should -Throw -ErrorId 'MT6004,*'
    }

    It 'writes nothing with -WhatIf' {
        New-ModelPackage TestDrive:\second.keras Acme.If -OutputFolder $out -WhatIf | Should -BeNullOrEmpty
        Test-Path (Join-Path $out Acme.If.1.0.0.nupkg) | Should -Be $false
    }
}
