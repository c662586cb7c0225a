Describe 'Training' {
    BeforeAll {
        # y = 3 a - 2 b + 1, which a single layer can learn.
        $a = 0..39 | ForEach-Object { ($_ % 7) / 7 }
        $b = 0..39 | ForEach-Object { ($_ % 5) / 5 }
        $x = ConvertTo-Tensor (0..39 | ForEach-Object { $a[$_]; $b[$_] }) -DType Float32 -Shape 40, 2
        $y = ConvertTo-Tensor (0..39 | ForEach-Object { 3 * $a[$_] - 2 * $b[$_] + 1 }) -DType Float32 -Shape 40, 1

        function Get-Line {
            $line = New-Model { Dense 1 -InputShape 2 }
            $line | Set-ModelTraining -Optimizer (New-ModelOptimizer SGD -LearningRate 0.2) -Loss mse -Metric mae
            $line
        }
    }

    It 'learns, and gives a record for each epoch' {
        $line = Get-Line
        $epochs = $line | Invoke-ModelTraining -InputData $x -Target $y -Epoch 60 -BatchSize 8 -Seed 3
        $epochs | Should -HaveCount 60
        $epochs[0].Epoch | Should -Be 1
        $epochs[-1].loss | Should -BeLessThan 0.01
        $epochs[-1].loss | Should -BeLessThan $epochs[0].loss
        ($line | Measure-Model -InputData $x -Target $y).loss | Should -BeLessThan 0.01
        ($line | Invoke-Model (ConvertTo-Tensor 1.0, 1.0 -DType Float32 -Shape 1, 2)).ToArray()[0] | Should -BeGreaterThan 1.7
    }

    It 'gives the same numbers for the same seed' {
        $first = Get-Line | Invoke-ModelTraining $x $y -Epoch 2 -Seed 5
        $second = Get-Line | Invoke-ModelTraining $x $y -Epoch 2 -Seed 5
        $second.loss | Should -Be $first.loss
    }

    It 'measures on a part that is kept aside' {
        $epoch = Get-Line | Invoke-ModelTraining $x $y -ValidationSplit 0.25 -Seed 1
        $epoch.val_loss | Should -BeGreaterThan 0
        $epoch.val_mae | Should -BeGreaterThan 0
    }

    It 'goes on where a saved model stopped' {
        $line = Get-Line
        $line | Set-ModelTraining -Optimizer Adam -Loss mse
        $null = $line | Invoke-ModelTraining $x $y -Epoch 2 -NoShuffle
        $line | Save-Model TestDrive:\line.h5
        $expected = $line | Invoke-ModelTraining $x $y -Epoch 1 -NoShuffle
        (Import-Model TestDrive:\line.h5 | Invoke-ModelTraining $x $y -Epoch 1 -NoShuffle).loss | Should -Be $expected.loss
    }

    It 'says what is missing: <Code>' -ForEach @(
        @{ Code = 'MT6005'; Block = { New-Model { Dense 1 -InputShape 2 } | Invoke-ModelTraining $x $y -ErrorAction Stop } }
        @{ Code = 'MT3006'; Block = { Get-Line | Invoke-ModelTraining (ConvertTo-Tensor (1..9) -DType Float32 -Shape 3, 3) $y -ErrorAction Stop } }
        @{ Code = 'MT6006'; Block = { Get-Line | Set-ModelTraining -Optimizer Adamm -Loss mse -ErrorAction Stop } }
        @{ Code = 'MT6006'; Block = { New-ModelLoss no_such_loss -ErrorAction Stop } }
        @{ Code = 'MT6006'; Block = { New-ModelOptimizer NoSuch -ErrorAction Stop } }
        @{ Code = 'MT6004'; Block = { Get-Line | Invoke-ModelTraining $x $y -ValidationInputData $x -ErrorAction Stop } }
    ) {
        $Block | Should -Throw -ErrorId "$Code,*"
    }

    It 'makes optimizers and losses with their options' {
        $adam = New-ModelOptimizer Adam -LearningRate 0.01 -Beta1 0.8
        $adam.Beta1 | Should -Be 0.8
        (New-ModelLoss CategoricalCrossentropy -FromLogits -LabelSmoothing 0.1).LabelSmoothing | Should -Be 0.1
    }
}
