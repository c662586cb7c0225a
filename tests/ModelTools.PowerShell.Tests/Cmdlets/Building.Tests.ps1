Describe 'New-Model' {
    It 'makes a sequential model of the words in a block' {
        $model = New-Model { Dense 8 -Activation relu -InputShape 4; Dropout 0.5; Dense 2 -Name last }
        $model.Layers.ClassName | Should -Be 'Dense', 'Dropout', 'Dense'
        $model.Layers.Name | Should -Be 'dense', 'dropout', 'last'
        $model.IsBuilt | Should -BeTrue
        $model.ParameterCount | Should -Be (4 * 8 + 8 + 8 * 2 + 2)
    }

    It 'takes layers inside of layers' {
        $model = New-Model {
            Bidirectional (LSTM 7 -ReturnSequences) -InputShape 5, 3
            TimeDistributed (Dense 4 -Activation (LeakyReLU))
            RNN (StackedRNNCells (GRUCell 3), (LSTMCell 2))
            Dense 1
        }
        $model.Layers.ClassName | Should -Be 'Bidirectional', 'TimeDistributed', 'RNN', 'Dense'
        $model.ParameterCount | Should -Be (616 + 60 + 129 + 3)
        @($model.Layers[0].Variables) | Should -HaveCount 6
        New-ModelLayer Bidirectional (New-ModelLayer GRU 2) | ForEach-Object { $_.Layer.Layer.Units } | Should -Be 2
    }

    It 'waits for its input shape, as Keras does' {
        $model = New-Model { Dense 3 } -Name open
        $model.Name | Should -Be 'open'
        $model.IsBuilt | Should -BeFalse
    }

    It 'takes layers from the pipeline' {
        $model = 'Dense', 'Dense' | ForEach-Object { New-ModelLayer $_ 5 } | New-Model
        $model.Layers | Should -HaveCount 2
    }

    It 'may use loops and variables in the block' {
        $sizes = 16, 8
        $model = New-Model { foreach ($size in $sizes) { Dense $size -Activation relu }; Dense 1 }
        $model.Layers | Should -HaveCount 3
    }

    It 'makes a model of a graph with two inputs' {
        $left = New-ModelInput 3 left
        $right = New-ModelInput 3 right
        $sum = $left, $right | Add-ModelLayer Add
        $out = $sum | Add-ModelLayer Dense 2 -Name out
        $model = New-Model -InputTensor $left, $right -OutputTensor $out
        $model.InputSpecs.Name | Should -Be 'left', 'right'
        $model.OutputSpecs.Name | Should -Be 'out'
        $model.Outputs[0].Shape.ToString() | Should -Be '(None, 2)'
    }

    It 'shares a layer between two calls' {
        $layer = New-ModelLayer Dense 4
        $a = New-ModelInput 3
        $b = New-ModelInput 3
        $outputs = @($a | Add-ModelLayer -Layer $layer) + @($b | Add-ModelLayer -Layer $layer)
        $model = New-Model -InputTensor $a, $b -OutputTensor ($outputs | Add-ModelLayer Concatenate)
        $model.ParameterCount | Should -Be (3 * 4 + 4)
    }

    It 'refuses <What> with <Code>' -ForEach @(
        @{ What = 'a word that is no layer'; Code = 'MT6006'; Block = { New-ModelLayer Dens 3 -ErrorAction Stop } }
        @{ What = 'such a word in a block'; Code = 'MT6006'; Block = { New-Model { Dense 3; Dens 3 } -ErrorAction Stop } }
        @{ What = 'a command there is not'; Code = 'CommandNotFoundException'; Block = { New-Model { Get-NoSuchThing } -ErrorAction Stop } }
        @{ What = 'something that is no layer'; Code = 'MT6004'; Block = { New-Model { Dense 3; 'text' } -ErrorAction Stop } }
        @{ What = 'an option out of its range'; Code = 'MT3007'; Block = { New-ModelLayer Dense 0 -ErrorAction Stop } }
        @{ What = 'an activation there is not'; Code = 'MT6006'; Block = { New-ModelLayer Dense 3 -Activation rellu -ErrorAction Stop } }
        @{ What = 'a name that is used twice'; Code = 'MT3007'; Block = { New-Model { Dense 3 -Name a; Dense 3 -Name a } -ErrorAction Stop } }
    ) {
        $Block | Should -Throw -ErrorId "$Code,*"
    }
}

Describe 'Add-ModelLayer' {
    It 'appends to a sequential model' {
        $model = New-Model { Dense 3 -InputShape 2 }
        $model | Add-ModelLayer Dense 5
        ($model | Add-ModelLayer -Layer (New-ModelLayer Dense 1) -PassThru).Layers | Should -HaveCount 3
        $model.Outputs[0].Shape.ToString() | Should -Be '(None, 1)'
    }

    It 'does not append what does not fit' {
        $model = New-Model { Dense 3 -InputShape 2 }
        { $model | Add-ModelLayer Conv2D 4 3 -ErrorAction Stop } | Should -Throw -ErrorId 'MT3006,*'
    }
}

Describe 'Get-ModelLayer and Get-ModelWeight' {
    BeforeAll {
        $model = New-Model { Dense 8 -Name first -InputShape 4; BatchNormalization -Name norm; Dense 2 -Name last }
    }

    It 'finds layers by name and pattern' {
        ($model | Get-ModelLayer first).ClassName | Should -Be 'Dense'
        ($model | Get-ModelLayer '*st').Name | Should -Be 'first', 'last'
        $model | Get-ModelLayer 'nothing*' | Should -BeNullOrEmpty
        { $model | Get-ModelLayer nothing -ErrorAction Stop } | Should -Throw -ErrorId 'MT6006,*'
    }

    It 'finds the weights of a model and of a layer' {
        ($model | Get-ModelWeight).Name | Should -HaveCount 8
        ($model | Get-ModelLayer norm | Get-ModelWeight).Name | Should -Be 'gamma', 'beta', 'moving_mean', 'moving_variance'
        ($model | Get-ModelWeight first/kernel).Shape.ToString() | Should -Be '(4, 8)'
        (Get-ModelWeight -Model $model).Name | Should -HaveCount 8
    }
}
