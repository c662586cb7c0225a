Describe 'Completion' {
    BeforeAll {
        function Complete($text) {
            [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches.CompletionText
        }
    }

    It 'offers the classes of layers' {
        Complete 'New-ModelLayer Den' | Should -Be 'Dense'
        Complete 'New-ModelLayer Conv' | Should -Contain 'Conv2D'
    }

    It 'offers the options of the class, and their words' {
        Complete 'New-ModelLayer Dense -Act' | Should -Contain '-Activation'
        Complete 'New-ModelLayer Dense -Activation re' | Should -Contain 'relu'
        Complete 'New-ModelLayer LSTM -ReturnS' | Should -Contain '-ReturnSequences'
    }

    It 'offers optimizers, losses and formats' {
        Complete 'New-ModelOptimizer Ada' | Should -Contain 'Adam'
        Complete 'New-ModelLoss Categorical' | Should -Contain 'CategoricalCrossentropy'
        Complete 'Set-ModelTraining -Metric acc' | Should -Contain 'accuracy'
        Complete 'Save-Model -Format Keras' | Should -Contain 'KerasH5'
    }
}

Describe 'Views' {
    BeforeAll {
        $network = New-Model { Dense 8 -Activation relu -InputShape 4; Dense 2 } -Name shown
    }

    It 'shows a model as Keras''s summary' {
        $text = $network | Out-String
        $text | Should -Match 'Model: "shown"'
        $text | Should -Match 'dense \(Dense\).+\(None, 8\).+40'
        $text | Should -Match 'Total params: 58'
        $network.Summary | Should -Match 'Total params: 58'
    }

    It 'shows models as a table when asked' {
        $network | Format-Table | Out-String | Should -Match 'shown\s+Sequential\s+2\s+58'
    }

    It 'shows layers and weights as tables' {
        $network | Get-ModelLayer | Out-String | Should -Match 'dense_1\s+Dense\s+\(None, 2\)\s+18\s+True'
        $network | Get-ModelWeight | Out-String | Should -Match 'dense/kernel\s+float32\s+\(4, 8\)\s+32\s+True'
        $network.InputSpecs | Out-String | Should -Match 'dense_input\s+float32\s+\(None, 4\)'
    }

    It 'shows the elements of a tensor' {
        $text = ConvertTo-Tensor (1..4) -Shape 2, 2 | Out-String
        $text | Should -Match 'int32 \(2, 2\)'
        $text | Should -Match '\[\[1 2\]'
    }

    It 'shows what a file holds' {
        $network | Save-Model TestDrive:\shown.h5
        $text = Get-ModelInfo TestDrive:\shown.h5 | Out-String
        $text | Should -Match 'Format\s+: KerasH5'
        $text | Should -Match 'Size\s+: \d+[.,]?\d* KB'
        $text | Should -Match 'Parameters\s+: 58'
        (Get-ModelInfo TestDrive:\shown.h5).Tensors | Out-String | Should -Match 'float32\s+\(4, 8\)\s+128 bytes'
    }

    It 'shows the epochs of a training' {
        $network | Set-ModelTraining -Optimizer SGD -Loss mse
        $x = ConvertTo-Tensor (1..8) -DType Float32 -Shape 2, 4
        $y = ConvertTo-Tensor (1..4) -DType Float32 -Shape 2, 2
        $network | Invoke-ModelTraining $x $y | Out-String | Should -Match '1\s+\d+[.,]\d+\s+0[.,]01\s+loss \d'
    }
}
