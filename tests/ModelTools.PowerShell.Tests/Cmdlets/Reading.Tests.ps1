Describe 'Reading many files' {
    BeforeAll {
        $folder = Join-Path $TestDrive many
        New-Item -ItemType Directory $folder | Out-Null
        1..3 | ForEach-Object { $size = $_; New-Model { Dense $size -InputShape 2 } | Save-Model (Join-Path $folder "m$size.h5") }
        Set-Content (Join-Path $folder 'm9.h5') 'no model'
    }

    It 'reads all that a pattern names, and goes on after a bad one' {
        $models = Import-Model (Join-Path $folder '*.h5') -ErrorAction SilentlyContinue -ErrorVariable problems
        $models | Should -HaveCount 3
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'MT1001,*'
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $problems[0].TargetObject | Should -BeLike '*m9.h5'
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'takes files and paths from the pipeline' {
        (Get-ChildItem (Join-Path $folder 'm[12].h5') | Import-Model) | Should -HaveCount 2
        ((Join-Path $folder m1.h5), (Join-Path $folder m2.h5) | Get-ModelInfo).Format | Should -Be 'KerasH5', 'KerasH5'
        (Get-ModelInfo (Join-Path $folder m3.h5) | Import-Model).Layers[0].Layer.Units | Should -Be 3
    }

    It 'takes a checkpoint once, however many of its files a pattern names' {
        Import-Model (Join-Path $folder m1.h5) | Save-ModelWeights (Join-Path $folder once.ckpt)
        (Get-ModelInfo (Join-Path $folder 'once*')).Path | Should -Be (Join-Path $folder once.ckpt)
        (Get-ModelInfo (Join-Path $folder once.ckpt.data*)).Path | Should -Be (Join-Path $folder once.ckpt)
    }

    It 'says that a path is not there' {
        $problem = { Import-Model (Join-Path $folder none.h5) -ErrorAction Stop } | Should -Throw -ErrorId 'MT6001,*' -PassThru
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        Import-Model (Join-Path $folder 'none*.h5') -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
    }

    It 'refuses paths of other providers' {
        { Get-ModelInfo env:PATH -ErrorAction Stop } | Should -Throw -ErrorId 'MT6004,*'
        { Get-ModelInfo NoSuchDrive:\a.h5 -ErrorAction Stop } | Should -Throw -ErrorId 'MT6004,*'
    }
}

Describe 'Layers and weights in two files' {
    BeforeAll {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'two files')).FullName
        $network = New-Model { Dense 3 -Activation relu -InputShape 4; Dense 2 } -Name pair
        $network | Save-Model "$folder/model.json" -Format KerasJson
        $network | Save-ModelWeights "$folder/pair.weights.h5"
        $network | Save-ModelWeights "$folder/pair.h5"
        $network | Save-ModelWeights "$folder/pair.ckpt"
    }

    It 'reads the weights <_> with the structure beside them' -ForEach 'pair.weights.h5', 'pair.h5', 'pair.ckpt' {
        $read = Import-Model "$folder/$_"
        $read.Name | Should -Be 'pair'
        (Compare-Model $network $read).AreEqual | Should -BeTrue
    }

    It 'reads them with a structure that is named, as a file or a model' {
        Rename-Item "$folder/model.json" layers.json
        { Import-Model "$folder/pair.weights.h5" -ErrorAction Stop } | Should -Throw -ErrorId 'MT1008,*'
        foreach ($structure in "$folder/layers.json", (Get-Item "$folder/layers.json"), $network) {
            (Compare-Model $network (Import-Model "$folder/pair.weights.h5" -Structure $structure)).AreEqual | Should -BeTrue
        }
        Convert-Model "$folder/pair.ckpt" "$folder/whole.keras" -Structure "$folder/layers.json" | Should -Not -BeNullOrEmpty
        (Compare-Model $network "$folder/whole.keras").AreEqual | Should -BeTrue
    }

    It 'gives the layers with new weights for the structure alone' {
        $read = Import-Model "$folder/layers.json"
        $read.ParameterCount | Should -Be 23
        $read | Import-ModelWeights "$folder/pair.weights.h5"
        (Compare-Model $network $read).AreEqual | Should -BeTrue
    }

    It 'refuses what has no layers as a structure, and layers of another form' {
        { Import-Model "$folder/pair.ckpt" -Structure "$folder/pair.weights.h5" -ErrorAction Stop } | Should -Throw -ErrorId 'MT1008,*'
        { Import-Model "$folder/pair.ckpt" -Structure (New-Model { Dense 9 -InputShape 4 }) -ErrorAction Stop } | Should -Throw -ErrorId 'MT30*'
        { Import-Model "$folder/pair.ckpt" -Structure "$folder/none.json" -ErrorAction Stop } | Should -Throw -ErrorId 'MT6001,*'
    }
}

Describe 'Get-ModelInfo' {
    BeforeAll {
        $network = New-Model { Dense 8 -InputShape 4; Dense 2 }
        $network | Set-ModelTraining -Optimizer SGD -Loss mse
        $network | Save-Model TestDrive:\info.h5
        $network | Save-ModelWeights TestDrive:\info.ckpt
        $network | Export-SavedModel TestDrive:\info
    }

    It 'tells what <Name> holds' -ForEach @(
        @{ Name = 'info.h5'; Format = 'KerasH5'; HasModel = $true }
        @{ Name = 'info.ckpt.index'; Format = 'Checkpoint'; HasModel = $false }
        @{ Name = 'info'; Format = 'SavedModel'; HasModel = $true }
    ) {
        $info = Get-ModelInfo (Join-Path $TestDrive $Name)
        $info.Format | Should -BeLike "*$Format*"
        ($null -ne $info.Model) | Should -Be $HasModel
        $info.Tensors.Count | Should -BeGreaterThan 3
        $info.FileBytes | Should -BeGreaterThan 100
        $info.Findings | Should -BeNullOrEmpty
    }

    It 'tells the inputs and outputs' {
        $info = Get-ModelInfo TestDrive:\info.h5
        $info.Model.InputSpecs[0].Shape.ToString() | Should -Be '(None, 4)'
        $info.Model.OutputSpecs[0].Shape.ToString() | Should -Be '(None, 2)'
        $info.ParameterCount | Should -Be 58
    }
}
