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

    It 'heads a column or line that is a property with the property''s name' {
        $views = [xml](Get-Content -Raw (Join-Path (Get-Module ModelTools).ModuleBase ModelTools.Format.ps1xml))
        function PropertyOf($item) {
            if ($item.PropertyName) { $item.PropertyName }
            elseif ($item.ScriptBlock -match '^\[ModelTools\.Display\.DisplayText\]::Line\(\$_\.(\w+)\)$') { $Matches[1] }
        }

        $shown = foreach ($table in $views.SelectNodes('//TableControl')) {
            $items = @($table.SelectNodes('.//TableColumnItem'))
            $labels = @($table.SelectNodes('.//Label'))
            0..($items.Count - 1) | ForEach-Object { [pscustomobject]@{ Label = $labels[$_].InnerText; Property = PropertyOf $items[$_] } }
        }
        $shown += $views.SelectNodes('//ListItem[Label]') | ForEach-Object { [pscustomobject]@{ Label = $_.Label; Property = PropertyOf $_ } }
        $named = $shown | Where-Object Property
        $named.Count | Should -BeGreaterThan 20
        $named.Label | Should -Be $named.Property
    }

    It 'shows findings and differences whole on a narrow terminal' {
        $network | Save-Model TestDrive:\here.h5
        $other = Import-Model TestDrive:\here.h5
        $other | Set-ModelWeight dense_1/bias (1, 2)
        (Compare-Model $network $other).Differences | Out-String -Width 80 | Should -Match 'first at\s+\[0\]'
        Set-Content TestDrive:\none.h5 'no model'
        (Test-Model TestDrive:\none.h5 -Detailed).Findings | Format-Table | Out-String -Width 60 | Should -Match 'knows\.'
    }

    It 'shows names without what a terminal obeys' {
        $name = "a`e[2J`a`nb"
        Set-Content TestDrive:\odd.json ('{"class_name": "Sequential", "config": {"name": "m\u001b[2J", "layers": [{"class_name": "InputLayer", "config": {"name": "i\u001b[2J", "batch_input_shape": [null, 4]}},' +
            '{"class_name": "Dense", "config": {"name": "d\u001b[2J", "units": 3, "activation": "f\u001b[2J"}}, {"class_name": "Mine\u001b[2J", "config": {"name": "u\u001b[2J", "k": "\u001b[2J"}}]}}')
        $odd = Import-Model TestDrive:\odd.json -WarningAction SilentlyContinue
        $plain = New-Model { Dense 3 -Name $name -InputShape 4 } -Name "m`e[2J" | Set-ModelTraining -Optimizer adam -Loss mse -PassThru
        $plain | Save-Model TestDrive:\odd.h5
        $info = Get-ModelInfo TestDrive:\odd.h5
        $lock = New-ModelLock TestDrive:\odd.h5 -LockPath TestDrive:\odd.lock.json -PassThru
        $shown = $odd, $plain | ForEach-Object {
            $_ | Out-String
            $_ | Format-Table | Out-String
            $_ | Get-ModelLayer | Out-String
            $_ | Get-ModelLayer | ForEach-Object Calls | Out-String
            $_ | Get-ModelLayer | ForEach-Object Layer | Out-String
            "$_", "$($_.Layers)", "$($_.Outputs)", "$($_.InputSpecs)"
        }
        $shown += $plain | Get-ModelWeight | Out-String
        $shown += $plain.InputSpecs | Out-String
        $shown += $info | Out-String
        $shown += $info.Tensors | Out-String
        $shown += (Get-ModelInfo TestDrive:\odd.json).Findings | Out-String
        $shown += Test-Model TestDrive:\odd.json -Detailed | Out-String
        $shown += (Test-Model TestDrive:\odd.json -Detailed).Findings | Out-String
        $comparison = Compare-Model $plain $odd
        $shown += $comparison | Out-String
        $shown += $comparison.Differences | Out-String
        $shown += $lock | Out-String
        $shown -join '' | Should -Match 'u001b\[2J'
        $shown -join '' | Should -Not -Match "`e\[2J|`a"
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
        $text | Should -Match 'ParameterCount\s+: 58'
        (Get-ModelInfo TestDrive:\shown.h5).Tensors | Out-String | Should -Match 'float32\s+\(4, 8\)\s+128 bytes'
    }

    It 'shows what files hold as a table when asked' {
        $network | Save-Model TestDrive:\table.h5
        Get-ModelInfo TestDrive:\table.h5 | Format-Table | Out-String -Width 200 | Should -Match 'table\.h5\s+KerasH5\s+\d+[.,]?\d* KB\s+58\s+2\s'
    }

    It 'shows options, one a line' {
        $text = New-ModelOptimizer Adam -LearningRate 0.01 | Out-String
        $text | Should -Match '(?m)^Adam\r?$'
        $text | Should -Match '(?m)^  LearningRate +: 0\.01\r?$'
        $network.Layers[0].Layer | Out-String | Should -Match '(?m)^  KernelInitializer +: GlorotUniform\r?$'
    }

    It 'shows how a model is trained' {
        $compiled = New-Model { Dense 2 -InputShape 4 -KernelRegularizer l2 }
        $compiled | Set-ModelTraining -Optimizer (New-ModelOptimizer SGD -Momentum 0.5) -Loss mse -Metric mae
        $text = $compiled.Training | Out-String
        $text | Should -Match 'Optimizer +: SGD\(Momentum=0\.5\)'
        $text | Should -Match 'Loss +: mse'
        $text | Should -Not -Match 'LossWeights'
        "$($compiled.Layers[0].Layer)" | Should -Be 'Dense(BatchInputShape=(None, 4), Units=2, KernelRegularizer=L2)'
    }

    It 'shows the calls of a graph' {
        $network.Nodes | Out-String | Should -Match 'dense_1\s+dense\[0\]\s+\(None, 2\)'
    }

    It 'shows no type names in the properties of a model' {
        $network | Format-List | Out-String -Width 200 | Should -Not -Match 'ModelTools\.|System\.'
    }

    It 'shows the epochs of a training' {
        $network | Set-ModelTraining -Optimizer SGD -Loss mse
        $x = ConvertTo-Tensor (1..8) -DType Float32 -Shape 2, 4
        $y = ConvertTo-Tensor (1..4) -DType Float32 -Shape 2, 2
        $network | Invoke-ModelTraining $x $y | Out-String | Should -Match '1\s+\d+[.,]\d+\s+0[.,]01\s+loss \d'
    }
}

Describe 'Completion of names' {
    BeforeAll {
        function Complete($text) {
            [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches.CompletionText
        }

        $global:completed = New-Model { Dense 3 -InputShape 2 -Name 'first layer'; Dense 4 -Name second; Dense 3 -Name 'third[a]' }
        $file = Join-Path $TestDrive 'completed.h5'
        $completed | Save-Model $file
    }

    AfterAll {
        $global:completed = $null
    }

    It 'offers the classes of layers where they are commands' {
        function Tab($text, $cursor = $text.Length) { TabExpansion2 $text $cursor }
        (Tab 'New-Model { De').CompletionMatches.CompletionText[0..2] | Should -Be 'Dense', 'DepthwiseConv1D', 'DepthwiseConv2D'
        (Tab 'New-Model { Dense 3; dropo').CompletionMatches.CompletionText | Should -Be 'Dropout'
        (Tab 'New-Model { Bidirectional (LS').CompletionMatches.CompletionText | Should -Be 'LSTM', 'LSTMCell'
        (Tab 'New-Model { TimeDistributed (').CompletionMatches.CompletionText | Should -Contain 'Dense'
        (Tab "New-Model {`n  Dense 3`n  Flat").CompletionMatches.CompletionText | Should -Be 'Flatten'
        (Tab 'New-Model { ').CompletionMatches.CompletionText | Should -Contain 'Conv2D'
        $inside = Tab 'New-Model { Dense 3; Flat } -Name x' 25
        $inside.ReplacementIndex, $inside.ReplacementLength | Should -Be 21, 4
        $inside.CompletionMatches[0].ToolTip | Should -Be 'Flatten'
        (Tab 'New-Model { LSTM').CompletionMatches[0].ToolTip | Should -Be 'LSTM <Units>'
    }

    It 'offers what PowerShell offers at other places: <_>' -ForEach 'Get-Chi', 'New-Model { Get-Chi', 'New-Model { Dense 3 -Act', 'New-Model { foreach (', 'New-Model { Dense 3 }; De', 'De', 'New-ModelLayer Den', '' {
        $plain = [System.Management.Automation.CommandCompletion]::CompleteInput($_, $_.Length, $null)
        $ours = TabExpansion2 $_ $_.Length
        "$($ours.CompletionMatches.CompletionText)" | Should -Be "$($plain.CompletionMatches.CompletionText)"
        $ours.ReplacementIndex | Should -Be $plain.ReplacementIndex
    }

    It 'offers the same to an editor, which has read the text already' {
        $tokens = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput('New-Model { Dens', [ref]$tokens, [ref]$null)
        $place = $tree.Extent.StartScriptPosition.GetType().GetMethod('CloneWithNewOffset', [System.Reflection.BindingFlags]'Instance, NonPublic').Invoke($tree.Extent.StartScriptPosition, @(16))
        (TabExpansion2 -ast $tree -tokens $tokens -positionOfCursor $place).CompletionMatches.CompletionText | Should -Be 'Dense'
    }

    It 'offers the options of the words inside New-Model { }' {
        Complete 'New-Model { Dense 3 -Act' | Should -Be '-Activation', '-ActivityRegularizer'
        Complete 'New-Model { Dense 3; Dense 3 -Activation re' | Should -Be 'relu', 'relu6'
        Complete 'New-Model { foreach ($size in 1, 2) { LSTM $size -ReturnS' | Should -Contain '-ReturnSequences'
        Complete 'ModelTools\New-Model { Conv2D 8 3 -Padding s' | Should -Be 'same'
    }

    It 'knows every class of layers' {
        foreach ($class in Complete 'New-ModelLayer ') {
            Complete "New-Model { $class -Na" | Should -Contain '-Name' -Because $class
        }
    }

    It 'leaves such words alone elsewhere' {
        Complete 'Dense 3 -Act' | Should -BeNullOrEmpty
        Complete '& { Dense 3 -Act' | Should -BeNullOrEmpty
    }

    It 'offers the layers and weights of a model in a variable' {
        Complete '$completed | Get-ModelLayer s' | Should -Be 'second'
        Complete 'Get-ModelWeight -InputObject $completed -Name second/' | Should -Be 'second/kernel', 'second/bias'
        Complete '$completed | Where-Object { $true } | Get-ModelWeight second/k' | Should -Be 'second/kernel'
    }

    It 'offers one name as it is where no pattern is taken' {
        Complete '$completed | Set-ModelWeight third' | Should -Be "'third[a]/kernel'", "'third[a]/bias'"
    }

    It 'offers those of a file' {
        Complete "Import-Model '$file' | Get-ModelLayer s" | Should -Be 'second'
        Complete "Import-Model -LiteralPath '$file' | Get-ModelWeight second/b" | Should -Be 'second/bias'
        Complete "`$unset = Import-Model '$file'; `$unset | Get-ModelLayer s" | Should -Be 'second'
    }

    It 'reads a file again when it has changed' {
        Complete "Import-Model '$file' | Get-ModelLayer o" | Should -BeNullOrEmpty
        New-Model { Dense 3 -InputShape 2; Dense 4 -Name other } | Save-Model $file -Force
        Complete "Import-Model '$file' | Get-ModelLayer o" | Should -Be 'other'
        Complete "Import-Model '$file' | Get-ModelLayer sec" | Should -BeNullOrEmpty
    }

    It 'quotes and escapes so that the name is found' {
        $text = Complete '$completed | Get-ModelLayer th'
        & ([scriptblock]::Create("`$completed | Get-ModelLayer $text")) | ForEach-Object Name | Should -Be 'third[a]'
        Complete '$completed | Get-ModelLayer "first layer' | Should -Contain "'first layer'"
    }

    It 'never fails: <_>' -ForEach @(
        'Import-Model ./nothing.h5 | Get-ModelLayer '
        'Import-Model NoDrive:\a.h5 | Get-ModelLayer '
        'Import-Model env:PATH | Get-ModelLayer '
        '$nothing | Get-ModelLayer '
        'Get-ModelWeight '
        '5 | Get-ModelWeight '
        'New-ModelLayer NoSuch -'
        'New-Model { NoSuch 3 -'
        'New-Model { Dense 3 -NoSuch '
    ) {
        { $null = Complete $_ } | Should -Not -Throw
    }

    It 'does not keep the file open' {
        $null = Complete "Import-Model '$file' | Get-ModelLayer o"
        $stream = [IO.File]::Open($file, 'Open', 'ReadWrite', 'None')
        $stream.Dispose()
    }

    It 'offers the arrays of an archive' {
        $archive = Join-Path $TestDrive arrays.npz
        (ConvertTo-Tensor 1), (ConvertTo-Tensor 2) | Export-Tensor $archive -Name left, right
        Complete "Import-Tensor '$archive' -Name " | Should -Be 'left', 'right'
        Complete "Import-Tensor -LiteralPath '$archive' -Name r" | Should -Be 'right'
        { Complete 'Import-Tensor ./nothing.npz -Name ' } | Should -Not -Throw
    }

    It 'offers types, losses and metrics' {
        Complete 'ConvertTo-Tensor 1 -DType Flo' | Should -Contain 'Float32'
        Complete 'Set-ModelTraining -Loss Mean' | Should -Contain 'MeanSquaredError'
        Complete 'Set-ModelTraining -Optimizer A' | Should -Contain 'Adam'
    }
}

Describe 'Completion of paths' {
    BeforeAll {
        # PowerShell asks this command, which is not in its engine.
        if (-not (Get-Command Microsoft.PowerShell.Management\Resolve-Path -ErrorAction Ignore)) {
            New-Module Microsoft.PowerShell.Management { function Resolve-Path($Path, $RelativeBasePath) { $ExecutionContext.SessionState.Path.GetResolvedPSPathFromPSPath($Path) } } | Import-Module -Global
        }

        function Complete($text) {
            [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches.CompletionText
        }

        $network = New-Model { Dense 2 -InputShape 3 }
        New-Item -ItemType Directory (Join-Path $TestDrive 'a folder') | Out-Null
        foreach ($name in 'model[1].h5', 'my model.h5', 'plain.h5', "it's.h5", 'a folder/deep [é].h5') { $network | Save-Model (Join-Path $TestDrive $name) }
        Push-Location $TestDrive
        $slash = [System.IO.Path]::DirectorySeparatorChar
    }

    AfterAll { Pop-Location }

    It 'quotes blanks and escapes brackets where wildcards are meant' {
        Complete 'Import-Model pl' | Should -Be ".${slash}plain.h5"
        Complete 'Import-Model -Path mod' | Should -Be "'.${slash}model``[1``].h5'"
        Complete 'Get-ModelInfo my' | Should -Be "'.${slash}my model.h5'"
        Complete 'Test-Model it' | Should -Be "'.${slash}it''s.h5'"
        Complete 'Show-Model "my ' | Should -Be """.${slash}my model.h5"""
    }

    It 'leaves brackets as they are where no wildcards are meant' {
        Complete 'Import-Model -LiteralPath mod' | Should -Be ".${slash}model[1].h5"
        Complete "Import-Model -LP './a folder/" | Should -Be "'./a folder/deep [é].h5'".Replace('/', $slash)
        foreach ($command in 'Save-Model', 'Save-Model -LiteralPath', 'Export-SavedModel', 'Convert-Model plain.h5', 'Import-ModelWeights', 'Compare-Model plain.h5', 'Show-Model plain.h5 -OutputPath', 'Test-ModelLock -LockPath', 'Import-Model plain.h5 -Structure', 'Export-Tensor') {
            Complete "$command mod" | Should -Be ".${slash}model[1].h5"
            Complete "$command 'my " | Should -Be "'.${slash}my model.h5'"
        }
    }

    It 'gives paths that the cmdlets take' {
        foreach ($typed in 'Import-Model mod', 'Import-Model -LiteralPath mod', 'Import-Model my', 'Import-Model it', 'Import-Model -LiteralPath ./a*') {
            foreach ($path in Complete $typed) {
                $line = $typed.Substring(0, $typed.LastIndexOf(' ')) + " $path"
                if ($path -like '*.h5*') { (& ([scriptblock]::Create($line))).ParameterCount | Should -Be 8 }
            }
        }
    }
}
