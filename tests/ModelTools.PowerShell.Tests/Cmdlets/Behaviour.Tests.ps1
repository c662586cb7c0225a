Describe 'Names of files' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'a folder [1]'
        $null = [IO.Directory]::CreateDirectory($folder)
        $network = New-Model { Dense 2 -InputShape 3 }
    }

    It 'may be <_>' -ForEach 'with space.h5', 'brackets [0-9].h5', 'größe-模型-🙂.h5', "it's.h5", 'semi;colon.h5', 'star-free%20.h5', '-dash.h5' {
        $path = Join-Path $folder $_
        ($network | Save-Model -Path $path -PassThru).Name | Should -Be $_
        (Import-Model -LiteralPath $path).ParameterCount | Should -Be 8
        (Get-ModelInfo -LiteralPath $path).Path | Should -Be $path
        # A file of Get-ChildItem is taken as it is.
        (Get-ChildItem -LiteralPath $folder | Where-Object FullName -EQ $path | Import-Model).ParameterCount | Should -Be 8
        ($network | Import-ModelWeights -LiteralPath $path -PassThru).ParameterCount | Should -Be 8
    }

    It 'are found by patterns' {
        $network | Save-Model -Path (Join-Path $TestDrive p1.h5)
        $network | Save-Model -Path (Join-Path $TestDrive p2.h5)
        (Import-Model (Join-Path $TestDrive 'p?.h5')) | Should -HaveCount 2
        (Import-Model (Join-Path $TestDrive 'p[2-9].h5')) | Should -HaveCount 1
        { Import-Model -LiteralPath (Join-Path $TestDrive 'p?.h5') -ErrorAction Stop } | Should -Throw -ErrorId 'MT6001,*'
    }

    It 'are relative to the location, also of another drive' {
        $network | Save-Model -Path (Join-Path $TestDrive here.h5)
        Push-Location TestDrive:\
        try {
            (Import-Model here.h5).ParameterCount | Should -Be 8
            (Import-Model ./here.h5).ParameterCount | Should -Be 8
            $network | Save-Model there.h5
            [IO.File]::Exists((Join-Path $TestDrive there.h5)) | Should -BeTrue
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'A pipeline of hundreds of files' {
    BeforeAll {
        $folder = Join-Path $TestDrive hundreds
        $null = [IO.Directory]::CreateDirectory($folder)
        $first = Join-Path $folder 000.h5
        New-Model { Dense 2 -InputShape 3 } | Save-Model $first
        1..299 | ForEach-Object { [IO.File]::Copy($first, (Join-Path $folder ('{0:000}.h5' -f $_))) }
        [IO.File]::WriteAllText((Join-Path $folder 150.h5), 'damaged')
    }

    It 'goes on after the bad one' {
        $found = Get-ChildItem $folder | Get-ModelInfo -ErrorAction SilentlyContinue -ErrorVariable problems
        $found | Should -HaveCount 299
        $problems | Should -HaveCount 1
        $problems[0].TargetObject | Should -BeLike '*150.h5'
    }

    It 'ends at the bad one with -ErrorAction Stop' {
        $seen = [Collections.Generic.List[object]]::new()
        { Get-ChildItem $folder | Sort-Object Name | Get-ModelInfo -ErrorAction Stop | ForEach-Object { $seen.Add($_) } } | Should -Throw -ErrorId 'MT1001,*'
        $seen.Count | Should -Be 150
    }

    It 'says nothing with -ErrorAction Ignore' {
        $Error.Clear()
        Get-ChildItem $folder | Import-Model -ErrorAction Ignore | Should -HaveCount 299
        $Error.Count | Should -Be 0
    }

    It 'stops early when no more is asked for' {
        # The bad one is never reached.
        (Import-Model (Join-Path $folder '*.h5') -ErrorAction Stop | Select-Object -First 1) | Should -HaveCount 1
        (Get-ModelInfo (Join-Path $folder '*.h5') -ErrorAction Stop | Select-Object -First 3) | Should -HaveCount 3
    }
}

Describe 'What would be written' {
    BeforeAll {
        $network = New-Model { Dense 2 -InputShape 3 }
    }

    It 'is not written with -WhatIf: <Name>' -ForEach @(
        @{ Name = 'Save-Model'; Block = { $network | Save-Model TestDrive:\no.h5 -WhatIf -PassThru } }
        @{ Name = 'Save-ModelWeights'; Block = { $network | Save-ModelWeights TestDrive:\no.ckpt -WhatIf -PassThru } }
        @{ Name = 'Export-SavedModel'; Block = { $network | Export-SavedModel TestDrive:\no -WhatIf -PassThru } }
        @{ Name = 'Export-Tensor'; Block = { ConvertTo-Tensor 1, 2 | Export-Tensor TestDrive:\no.npy -WhatIf -PassThru } }
        @{ Name = 'Install-ModelEngine'; Block = { Install-ModelEngine -Force -WhatIf -PassThru } }
    ) {
        & $Block | Should -BeNullOrEmpty
        [IO.Directory]::GetFileSystemEntries($TestDrive, 'no*') | Should -BeNullOrEmpty
    }

    It 'obeys $WhatIfPreference' {
        & { $WhatIfPreference = $true; $network | Save-Model TestDrive:\no.h5 }
        [IO.File]::Exists((Join-Path $TestDrive no.h5)) | Should -BeFalse
    }
}

Describe 'Import-ModelWeights' {
    It 'says in one line what has no place, and all of it with -Verbose' {
        $trained = New-Model { Dense 4 -InputShape 3; Dense 4; Dense 2 }
        $trained | Set-ModelTraining Adam mse
        $null = $trained | Invoke-ModelTraining @(, (1.0, 2.0, 3.0)) @(, (1.0, 2.0))
        $trained | Save-ModelWeights TestDrive:\trained.ckpt
        $lines = New-Model { Dense 4 -InputShape 3; Dense 4; Dense 2 } | Import-ModelWeights TestDrive:\trained.ckpt -Verbose 4>&1 -WarningAction SilentlyContinue -WarningVariable warnings
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -Match '^\d+ stored tensors belong to no weight: .+ … \(-Verbose names all\)\.$'
        $lines.Count | Should -BeGreaterThan 5
    }
}

Describe 'Files' {
    BeforeAll {
        $path = Join-Path $TestDrive 'held.h5'
        $network = New-Model { Dense 64 -InputShape 32; Dense 2 }
        $network | Set-ModelTraining Adam mse
        $network | Save-Model $path
        $kernel = ($network | Get-ModelWeight dense/kernel).Value.ToArray()

        # Nobody else may have it open.
        function Test-Free($file) {
            $stream = [IO.File]::Open($file, 'Open', 'ReadWrite', 'None')
            $stream.Dispose()
        }
    }

    It 'are free after <Name>' -ForEach @(
        @{ Name = 'Import-Model'; Block = { Import-Model $path } }
        @{ Name = 'Get-ModelInfo'; Block = { Get-ModelInfo $path } }
        @{ Name = 'Import-ModelWeights'; Block = { $network | Import-ModelWeights $path } }
        @{ Name = 'Save-Model'; Block = { $network | Save-Model $path -Force } }
        @{ Name = 'a failure'; Block = { New-Model { Dense 5 -InputShape 5 } | Import-ModelWeights $path -ErrorAction SilentlyContinue } }
    ) {
        $kept = & $Block
        Test-Free $path
        [GC]::KeepAlive($kept)
    }

    It 'may be deleted or overwritten after they are read, and the model keeps its numbers: <_>' -ForEach 'copy.h5', 'copy.keras', 'copy', 'copy.ckpt', 'copy.weights.h5' {
        $target = Join-Path $TestDrive $_
        $model = switch ($_) {
            'copy' { $network | Export-SavedModel $target; Import-Model $target }
            { $_ -in 'copy.ckpt', 'copy.weights.h5' } { $network | Save-ModelWeights $target; New-Model { Dense 64 -InputShape 32; Dense 2 } | Import-ModelWeights $target -PassThru -WarningAction SilentlyContinue }
            default { $network | Save-Model $target; Import-Model $target }
        }
        foreach ($file in [IO.Directory]::GetFiles($TestDrive, '*', 'AllDirectories') -like "$target*") {
            [IO.File]::WriteAllBytes($file, [byte[]]::new(100))
            [IO.File]::Delete($file)
        }
        ($model | Get-ModelWeight dense/kernel).Value.ToArray() | Should -Be $kernel
    }

    It 'may be replaced by the model that was read from them: <_>' -ForEach 'same.h5', 'same.keras', 'same' {
        $copy = Join-Path $TestDrive $_
        if ($_ -eq 'same') { $network | Export-SavedModel $copy } else { $network | Save-Model $copy }
        $model = Import-Model $copy
        if ($_ -eq 'same') { $model | Export-SavedModel $copy -Force } else { $model | Save-Model $copy -Force }
        ($model | Get-ModelWeight dense/kernel).Value.ToArray() | Should -Be $kernel
        (Import-Model $copy | Get-ModelWeight dense/kernel).Value.ToArray() | Should -Be $kernel
    }

    It 'tell of tensors that can no longer be read' {
        $copy = Join-Path $TestDrive 'gone.h5'
        [IO.File]::Copy($path, $copy)
        $info = Get-ModelInfo $copy
        [IO.File]::Delete($copy)
        $info.Tensors[0].Tensor.Shape.Rank | Should -BeGreaterThan 0
        $info.ParameterCount | Should -Be $network.ParameterCount
    }
}

Describe 'Data files' {
    It 'are free after Import-Tensor: <_>' -ForEach 'data.npy', 'data.npz', 'data.csv' {
        $path = Join-Path $TestDrive $_
        ConvertTo-Tensor (1..6) -DType Float32 -Shape 3, 2 | Export-Tensor $path
        $tensor = Import-Tensor $path
        $stream = [IO.File]::Open($path, 'Open', 'ReadWrite', 'None')
        $stream.Dispose()
        [IO.File]::Delete($path)
        $tensor.ToArray() | Should -Be 1, 2, 3, 4, 5, 6
    }
}

Describe 'Locks of files with brackets in their names' {
    It 'take such files literally and from Get-ChildItem' {
        $path = Join-Path $TestDrive 'held [1].h5'
        $lock = Join-Path $TestDrive 'held.lock.json'
        New-Model { Dense 2 -InputShape 3 } | Save-Model $path
        New-ModelLock -LiteralPath $path -LockPath $lock
        Test-ModelLock -LockPath $lock | Should -BeTrue
        Test-ModelLock -LiteralPath $path -LockPath $lock | Should -BeTrue
        Get-ChildItem $TestDrive -Filter 'held*.h5' | Test-ModelLock -LockPath $lock | Should -BeTrue
        New-Model { Dense 5 -InputShape 3 } | Save-Model $path -Force
        Test-ModelLock -LiteralPath $path -LockPath $lock | Should -BeFalse
        Update-ModelLock -LiteralPath $path -LockPath $lock
        Test-ModelLock -LockPath $lock | Should -BeTrue
    }
}
