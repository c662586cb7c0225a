Describe 'Show-Model' {
    BeforeAll {
        $network = New-Model { Dense 8 -Activation relu -InputShape 4; Dense 2 } -Name shown
        $network | Set-ModelTraining -Optimizer (New-ModelOptimizer Adam -LearningRate 0.01) -Loss mse -Metric mae
        $network | Save-Model TestDrive:\shown.h5
        $network | Save-ModelWeights TestDrive:\shown.weights.h5
        $browser = $env:BROWSER

        function DataOf($page) {
            $text = Get-Content $page -Raw
            $start = $text.IndexOf('id="data">') + 10
            $text.Substring($start, $text.IndexOf('</script>', $start) - $start) | ConvertFrom-Json
        }
    }

    AfterAll { $env:BROWSER = $browser }

    It 'writes the page of a model' {
        $network | Show-Model -OutputPath TestDrive:\model.html | Should -BeNullOrEmpty
        $data = DataOf TestDrive:\model.html
        $data.name | Should -Be 'shown'
        $data.parameterCount | Should -Be 58
        $data.models[0].layers.name | Should -Be 'dense_input', 'dense', 'dense_1'
        ($data.training | Where-Object key -EQ learning_rate).value | Should -Be '0.01'
        $data.weights[0].statistics.histogram | Should -Not -BeNullOrEmpty
    }

    It 'writes the page of a file' {
        $page = Show-Model TestDrive:\shown.h5 -OutputPath TestDrive:\file.html -PassThru
        $page.Name | Should -Be 'file.html'
        $page.FullName | Should -Exist
        (DataOf $page.FullName).source.file | Should -Be 'shown.h5'
    }

    It 'lists the tensors of a file without layers' {
        Show-Model -LiteralPath TestDrive:\shown.weights.h5 -OutputPath TestDrive:\weights.html
        $data = DataOf TestDrive:\weights.html
        $data.tensors | Should -HaveCount 4
        ($data.tensors | Where-Object count -eq 32).statistics.histogram | Should -Not -BeNullOrEmpty
        Show-Model -LiteralPath TestDrive:\shown.weights.h5 -OutputPath TestDrive:\weights.html -NoValue -Force
        (DataOf TestDrive:\weights.html).tensors[0].statistics | Should -BeNullOrEmpty
    }

    It 'leaves the numbers alone when told so' {
        Show-Model TestDrive:\shown.h5 -OutputPath TestDrive:\plain.html -NoValue
        $data = DataOf TestDrive:\plain.html
        $data.hasValues | Should -BeFalse
        $data.weights | Should -HaveCount 4
        $data.weights[0].statistics | Should -BeNullOrEmpty
    }

    It 'names pages after the files in a folder, and goes on after a bad one' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive pages)
        Set-Content TestDrive:\bad.h5 'no model'
        'bad.h5', 'shown.h5' | ForEach-Object { Get-Item (Join-Path $TestDrive $_) } | Show-Model -OutputPath $folder.FullName -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'MT1001,*'
        (Get-ChildItem $folder.FullName).Name | Should -Be 'shown.h5.html'
    }

    It 'draws the history, named or from the pipeline' {
        $x = ConvertTo-Tensor (1..8) -DType Float32 -Shape 2, 4
        $y = ConvertTo-Tensor (1..4) -DType Float32 -Shape 2, 2
        $history = $network | Invoke-ModelTraining $x $y -Epoch 3
        $history | Show-Model -Model $network -OutputPath TestDrive:\piped.html
        $network | Show-Model -History $history -OutputPath TestDrive:\named.html
        $history | Show-Model TestDrive:\shown.h5 -OutputPath TestDrive:\ofFile.html
        foreach ($page in 'piped', 'named', 'ofFile') {
            $data = DataOf "TestDrive:\$page.html"
            $data.history.name | Should -Be 'loss', 'mae'
            $data.history[0].epochs | Should -Be 1, 2, 3
            $data.history[0].values[2] | Should -Be $history[2].loss
        }
    }

    It 'does not replace a page unless told so' {
        { $network | Show-Model -OutputPath TestDrive:\model.html -ErrorAction Stop } | Should -Throw -ErrorId 'MT6002,*'
        $network | Show-Model -OutputPath TestDrive:\model.html -Force
    }

    It 'writes nothing with -WhatIf' {
        $network | Show-Model -OutputPath TestDrive:\never.html -WhatIf
        'TestDrive:\never.html' | Should -Not -Exist
        $network | Show-Model -PassThru -WhatIf | Should -BeNullOrEmpty
    }

    It 'says where the page is when no browser can be opened' {
        $env:BROWSER = Join-Path $TestDrive 'no such browser'
        $page = $network | Show-Model -PassThru -WarningAction SilentlyContinue -WarningVariable warnings
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike "*$($page.FullName)*"
        $page.FullName | Should -Exist
        Remove-Item $page.FullName
    }

    It 'keeps one page for each model when no place is named' {
        $env:BROWSER = Join-Path $TestDrive 'no such browser'
        New-Item -ItemType Directory (Join-Path $TestDrive another) | Out-Null
        Copy-Item TestDrive:\shown.h5 (Join-Path $TestDrive 'another/shown.h5')
        $pages = foreach ($model in 'shown.h5', 'shown.h5', 'another/shown.h5') { Show-Model (Join-Path $TestDrive $model) -PassThru -WarningAction SilentlyContinue }
        $pages[0].FullName | Should -Be $pages[1].FullName
        $pages[0].FullName | Should -Not -Be $pages[2].FullName
        $pages.Name | ForEach-Object { $_ | Should -BeLike 'shown.h5-????????.html' }
        $memory = 1..2 | ForEach-Object { $network | Show-Model -PassThru -WarningAction SilentlyContinue }
        $memory[0].FullName | Should -Be $memory[1].FullName
        $memory[0].DirectoryName | Should -Be $pages[0].DirectoryName

        $pages[2].LastWriteTimeUtc = [datetime]::UtcNow.AddDays(-31)
        $network | Show-Model -WarningAction SilentlyContinue
        $pages[2].FullName | Should -Not -Exist
        $pages[0].FullName | Should -Exist
        $pages[0], $memory[0] | ForEach-Object { Remove-Item -LiteralPath $_.FullName }
    }
}
