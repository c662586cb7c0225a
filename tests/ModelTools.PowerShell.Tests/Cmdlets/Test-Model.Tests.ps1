Describe 'Test-Model' {
    BeforeAll {
        $network = New-Model { Dense 4 -Activation relu -InputShape 3; Dense 2 } -Name tested
        $network | Save-Model TestDrive:\sound.h5
        $network | Save-ModelWeights TestDrive:\weights.ckpt
        $network | Set-ModelWeight dense_1/bias ([float]::NaN, 1)
        $network | Save-Model TestDrive:\spoiled.h5
    }

    It 'is true for a sound model and its weights alone' {
        Test-Model TestDrive:\sound.h5 | Should -Be $true
        Test-Model TestDrive:\weights.ckpt.index | Should -Be $true
    }

    It 'names the tensor and the place of a number that is not finite' {
        Test-Model TestDrive:\spoiled.h5 | Should -Be $false
        $report = Test-Model TestDrive:\spoiled.h5 -Detailed
        $report.IsValid | Should -Be $false
        $report.Findings[0].Code.Id | Should -Be 'MT3010'
        $report.Findings[0].Message | Should -Be "The tensor 'dense_1/bias' holds NaN at [0]."
    }

    It 'takes a finding for what -Severity says' {
        $report = Test-Model TestDrive:\spoiled.h5 -Detailed -Severity @{ MT3010 = 'Warning' }
        $report.IsValid | Should -Be $true
        $report.Findings.Count | Should -Be 1
        (Test-Model TestDrive:\spoiled.h5 -Detailed -Severity @{ MT3010 = 'None' }).Findings.Count | Should -Be 0
    }

    It 'holds a model against what is expected' {
        Test-Model TestDrive:\sound.h5 -ExpectedInput 'float32[?, 3]' -ExpectedOutput 'dense_1: float32[?, 2]' | Should -Be $true
        (Test-Model TestDrive:\sound.h5 -ExpectedInput 'float32[?, 4]' -Detailed).Findings[0].Code.Id | Should -Be 'MT3019'
        (Test-Model TestDrive:\sound.h5 -AllowDType Float16 -Detailed).Findings[0].Code.Id | Should -Be 'MT3018'
        (Test-Model TestDrive:\sound.h5 -MaximumParameterCount 25 -Detailed).Findings[0].Code.Id | Should -Be 'MT3017'
    }

    It 'goes on after a file that is no model' {
        Set-Content TestDrive:\text.h5 'no model'
        $answers = 'TestDrive:\text.h5', 'TestDrive:\sound.h5' | Test-Model
        $answers | Should -Be $false, $true
    }

    It 'runs recorded inputs through the engine' {
        $model = New-Model { Dense 2 -Activation tanh -InputShape 3 -Name out }
        $model | Save-Model TestDrive:\golden.h5 -Force
        $x = ConvertTo-Tensor ((1, 2, 3), (0.5, 0.25, -1)) -DType Float32
        $y = $model | Invoke-Model -InputData $x
        $name = $model.InputSpecs[0].Name
        $x, $y | Export-Tensor TestDrive:\good.npz -Name "input:$name", 'output:out' -Force
        $x, (ConvertTo-Tensor ((1, 2), (3, 4)) -DType Float32) | Export-Tensor TestDrive:\wrong.npz -Name $name, 'out' -Force
        Test-Model TestDrive:\golden.h5 -GoldenData TestDrive:\good.npz | Should -BeTrue
        $report = Test-Model TestDrive:\golden.h5 -GoldenData TestDrive:\wrong.npz -Detailed
        $report.IsValid | Should -BeFalse
        $report.Findings[0].Code.Id | Should -Be 'MT3020'
    }
}
