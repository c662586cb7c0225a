Describe 'Keras''s three ways' {
    BeforeAll {
        function Get-Network { New-Model { Dense 8 -Activation relu -InputShape 4; Dense 3 -Activation softmax } }

        $x = ConvertTo-Tensor (1..20) -DType Float32 -Shape 5, 4 -DivideBy 20
        $network = Get-Network
        $network | Set-ModelTraining -Optimizer Adam -Loss categorical_crossentropy -Metric accuracy
        $expected = ($network | Invoke-Model $x).ToArray()
    }

    It 'saves the weights to <Name>, and loads them into the same structure' -ForEach @(
        @{ Name = 'weights.ckpt' }
        @{ Name = 'weights.h5' }
        @{ Name = 'new.weights.h5' }
    ) {
        $path = Join-Path $TestDrive $Name
        $network | Save-ModelWeights $path
        $other = Get-Network
        ($other | Invoke-Model $x).ToArray() | Should -Not -Be $expected
        $other | Import-ModelWeights $path
        ($other | Invoke-Model $x).ToArray() | Should -Be $expected
    }

    It 'saves the whole model to <Name>, and loads it with its training' -ForEach @(
        @{ Name = 'model.h5' }
        @{ Name = 'model-savedmodel' }
    ) {
        $path = Join-Path $TestDrive $Name
        if ($Name -like '*.h5') { $network | Save-Model $path } else { $network | Export-SavedModel $path }
        $loaded = Import-Model $path
        ($loaded | Invoke-Model $x).ToArray() | Should -Be $expected
        $loaded.Training.Optimizer.ClassName | Should -Be 'Adam'
        $loaded.Layers.Name | Should -Be $network.Layers.Name
    }

    It 'leaves the training out when asked' {
        $path = Join-Path $TestDrive plain.h5
        $network | Save-Model $path -NoTrainingState
        (Import-Model $path).Training | Should -BeNullOrEmpty
    }

    It 'gives the same bytes for the same model' {
        $network | Save-Model TestDrive:\one.h5
        $network | Save-Model TestDrive:\two.h5
        (Get-FileHash TestDrive:\two.h5).Hash | Should -Be (Get-FileHash TestDrive:\one.h5).Hash
    }

    It 'names the layer when the structure is another' {
        $path = Join-Path $TestDrive narrow.h5
        $network | Save-ModelWeights $path
        $wider = New-Model { Dense 9 -InputShape 4; Dense 3 }
        $failure = { $wider | Import-ModelWeights $path -ErrorAction Stop } | Should -Throw -ErrorId 'MT3*' -PassThru
        $failure.Exception.Message | Should -BeLike '*dense*'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'keeps the weights as they were when loading fails' {
        $path = Join-Path $TestDrive other.h5
        New-Model { Dense 8 -InputShape 4; Dense 5 } | Save-ModelWeights $path
        { $network | Import-ModelWeights $path -ErrorAction Stop } | Should -Throw
        ($network | Invoke-Model $x).ToArray() | Should -Be $expected
    }
}

Describe 'Writing' {
    BeforeAll {
        $network = New-Model { Dense 2 -InputShape 3 }
    }

    It '<Command> writes nothing with -WhatIf, replaces with -Force only, and passes on what it wrote' -ForEach @(
        @{ Command = 'Save-Model'; Name = 'a.h5'; Written = 'a.h5' }
        @{ Command = 'Save-ModelWeights'; Name = 'b.ckpt'; Written = 'b.ckpt.index' }
        @{ Command = 'Export-SavedModel'; Name = 'c'; Written = 'c' }
    ) {
        $path = Join-Path $TestDrive $Name
        $network | & $Command $path -WhatIf
        Join-Path $TestDrive $Written | Should -Not -Exist
        ($network | & $Command $path -PassThru).Name | Should -Be $Written
        { $network | & $Command $path -ErrorAction Stop } | Should -Throw -ErrorId 'MT6002,*'
        { $network | & $Command $path -Force -ErrorAction Stop } | Should -Not -Throw
    }

    It 'takes relative paths from the location of PowerShell' {
        Push-Location TestDrive:\
        try { $network | Save-Model relative.h5 } finally { Pop-Location }
        Join-Path $TestDrive relative.h5 | Should -Exist
    }

    It 'takes brackets and spaces as they are' {
        $path = Join-Path $TestDrive 'a [1] b.h5'
        $network | Save-Model $path
        Test-Path -LiteralPath $path | Should -BeTrue
        (Import-Model -LiteralPath $path).Layers | Should -HaveCount 1
    }

    It 'refuses a folder that is not there, a drive that is no folder, and an extension it does not know' {
        { $network | Save-Model (Join-Path $TestDrive none/a.h5) -ErrorAction Stop } | Should -Throw -ErrorId 'MT6001,*'
        { $network | Save-Model env:a.h5 -ErrorAction Stop } | Should -Throw -ErrorId 'MT6004,*'
        { $network | Save-Model (Join-Path $TestDrive a.xyz) -ErrorAction Stop } | Should -Throw -ErrorId 'MT6006,*'
    }
}
