Describe 'Keras archives and weights files' {
    BeforeAll {
        $network = New-Model -Name digits { Dense 8 -InputShape 4 -Activation relu; Dense 3 -Activation softmax }
        $network | Set-ModelTraining -Optimizer Adam -Loss categorical_crossentropy -Metric accuracy
        $network | Save-Model TestDrive:\model.keras
        $network | Save-ModelWeights TestDrive:\model.weights.h5
    }

    It 'brings a model back from a .keras file, with how it is trained' {
        $again = Import-Model TestDrive:\model.keras
        $again.Name | Should -Be 'digits'
        $again.Layers.Name | Should -Be $network.Layers.Name
        $again.Training.Optimizer.ClassName | Should -Be 'Adam'
        [string]$again.Layers[0].Variables[0].Value.ToArray() | Should -Be ([string]$network.Layers[0].Variables[0].Value.ToArray())
    }

    It 'loads the weights of a .weights.h5 file into a model of the same layers' {
        $other = New-Model { Dense 8 -InputShape 4 -Activation relu; Dense 3 -Activation softmax }
        $other | Import-ModelWeights TestDrive:\model.weights.h5
        [string]$other.Layers[1].Variables[0].Value.ToArray() | Should -Be ([string]$network.Layers[1].Variables[0].Value.ToArray())
    }

    It 'takes the weights out of a .keras file' {
        $other = New-Model { Dense 8 -InputShape 4 -Activation relu; Dense 3 -Activation softmax }
        $other | Import-ModelWeights TestDrive:\model.keras
        [string]$other.Layers[0].Variables[0].Value.ToArray() | Should -Be ([string]$network.Layers[0].Variables[0].Value.ToArray())
    }

    It 'tells what is in <Name>' -ForEach @(
        @{ Name = 'model.keras'; Format = 'KerasArchive'; HasModel = $true }
        @{ Name = 'model.weights.h5'; Format = 'WeightsH5'; HasModel = $false }
    ) {
        $info = Get-ModelInfo "TestDrive:\$Name"
        $info.Format | Should -Be $Format
        ($null -ne $info.Model) | Should -Be $HasModel
        $info.ParameterCount | Should -Be 67
        $info.Tensors | Should -HaveCount 4
    }

    It 'says that weights alone are no model' {
        { Import-Model TestDrive:\model.weights.h5 -ErrorAction Stop } | Should -Throw -ErrorId 'MT1008,*'
    }

    It 'goes by the content, not by the name' {
        Copy-Item TestDrive:\model.keras TestDrive:\model.bin
        (Import-Model TestDrive:\model.bin).Name | Should -Be 'digits'
    }

    It 'writes for the generation that <Dialect> names' -ForEach @(
        @{ Dialect = 'Keras2'; Writer = 'Keras 2*' }
        @{ Dialect = 'Keras3'; Writer = 'Keras 3*' }
    ) {
        $network | Save-Model TestDrive:\dialect.keras -Dialect $Dialect -Force
        (Get-ModelInfo TestDrive:\dialect.keras).WrittenBy | Should -BeLike $Writer
        Convert-Model TestDrive:\model.keras TestDrive:\converted.keras -Dialect $Dialect -Force | Out-Null
        (Get-ModelInfo TestDrive:\converted.keras).WrittenBy | Should -BeLike $Writer
    }
}
