# What the everyday cmdlets do. Under Pester these run against PowerShell's own cmdlets, and elsewhere against those that
# the program "modeltools" brings: both must pass.

Describe 'Objects' {
    BeforeAll {
        $people = @(
            [pscustomobject]@{ Name = 'Ann'; Age = 31; Town = 'Oslo' }
            [pscustomobject]@{ Name = 'bob'; Age = 25; Town = 'Bern' }
            [pscustomobject]@{ Name = 'Cy'; Age = 31; Town = 'Bern' }
        )
    }

    It 'Select-Object takes from the start, the end and the middle' {
        1..9 | Select-Object -First 2 | Should -Be 1, 2
        1..9 | Select-Object -Last 2 | Should -Be 8, 9
        1..9 | Select-Object -Skip 7 | Should -Be 8, 9
        1..9 | Select-Object -Skip 1 -First 2 | Should -Be 2, 3
        1..9 | Select-Object -SkipLast 7 | Should -Be 1, 2
        1..9 | Select-Object -Index 0, 8 | Should -Be 1, 9
        1..9 | Select-Object -First 0 | Should -BeNullOrEmpty
    }

    It 'Select-Object -First stops what comes before it' {
        $seen = [System.Collections.Generic.List[int]]::new()
        1..100 | ForEach-Object { $seen.Add($_); $_ } | Select-Object -First 3 | Should -HaveCount 3
        $seen | Should -HaveCount 3
    }

    It 'Select-Object makes objects of chosen and calculated properties' {
        $row = $people[0] | Select-Object Name, @{ Name = 'Double'; Expression = { $_.Age * 2 } }, Missing
        $row.PSObject.Properties.Name | Should -Be 'Name', 'Double', 'Missing'
        $row.Double | Should -Be 62
        $row.Missing | Should -BeNullOrEmpty
        ($people[0] | Select-Object -Property * -ExcludeProperty Age).PSObject.Properties.Name | Should -Be 'Name', 'Town'
        ($people[0] | Select-Object n*).PSObject.Properties.Name | Should -Be 'Name'
    }

    It 'Select-Object expands a property and drops repetitions' {
        $people | Select-Object -ExpandProperty Name | Should -Be 'Ann', 'bob', 'Cy'
        1, 2, 1 | Select-Object -Unique | Should -Be 1, 2
        ($people | Select-Object Age -Unique).Age | Should -Be 31, 25
        { $people | Select-Object -ExpandProperty Nope -ErrorAction Stop } | Should -Throw -ErrorId 'ExpandPropertyNotFound*'
    }

    It 'Sort-Object sorts by value and by properties' {
        3, 1, 2 | Sort-Object | Should -Be 1, 2, 3
        3, 1, 2 | Sort-Object -Descending | Should -Be 3, 2, 1
        'b', 'A', 'a' | Sort-Object -Unique | Should -HaveCount 2
        ($people | Sort-Object Age, Name).Name | Should -Be 'bob', 'Ann', 'Cy'
        ($people | Sort-Object @{ Expression = 'Age'; Descending = $true }, Name).Name | Should -Be 'Ann', 'Cy', 'bob'
        ($people | Sort-Object { $_.Name.Length }, Name).Name | Should -Be 'Cy', 'Ann', 'bob'
        1..5 | Sort-Object -Descending -Top 2 | Should -Be 5, 4
    }

    It 'Group-Object groups' {
        $groups = $people | Group-Object Town
        $groups.Name | Should -Be 'Bern', 'Oslo'
        $groups | ForEach-Object { $_.Count } | Should -Be 2, 1
        $groups[0].Group.Name | Should -Be 'bob', 'Cy'
        ($people | Group-Object Town -AsHashTable)['Oslo'].Name | Should -Be 'Ann'
    }

    It 'Measure-Object counts and adds' {
        (1..4 | Measure-Object).Count | Should -Be 4
        $all = 1..4 | Measure-Object -Sum -Average -Minimum -Maximum
        $all.Sum, $all.Average, $all.Minimum, $all.Maximum | Should -Be 10, 2.5, 1, 4
        ($people | Measure-Object Age -Sum).Sum | Should -Be 87
        ($people | Measure-Object Age).Property | Should -Be 'Age'
    }

    It 'Compare-Object shows both sides' {
        $difference = Compare-Object 1, 2, 3 2, 3, 4
        $difference.InputObject | Should -Be 4, 1
        $difference.SideIndicator | Should -Be '=>', '<='
        Compare-Object 1, 2 1, 2 | Should -BeNullOrEmpty
        (Compare-Object 1, 2 1, 2 -IncludeEqual).SideIndicator | Should -Be '==', '=='
    }

    It 'New-Object and Add-Member make objects' {
        (New-Object System.Text.StringBuilder 'abc').ToString() | Should -Be 'abc'
        (New-Object psobject -Property @{ A = 1 }).A | Should -Be 1
        ('x' | Add-Member Extra 5 -PassThru).Extra | Should -Be 5
    }

    It 'Get-Member lists properties' {
        ($people[0] | Get-Member -MemberType NoteProperty).Name | Should -Be 'Age', 'Name', 'Town'
    }
}

Describe 'Files' {
    BeforeAll {
        New-Item -ItemType Directory -Path TestDrive:\tree\inner -Force | Out-Null
        Set-Content TestDrive:\tree\a.txt 'one', 'two', 'three'
        Set-Content TestDrive:\tree\inner\b.md 'x'
    }

    It 'Test-Path tells files from folders' {
        Test-Path TestDrive:\tree | Should -BeTrue
        Test-Path TestDrive:\tree -PathType Leaf | Should -BeFalse
        Test-Path TestDrive:\tree -PathType Container | Should -BeTrue
        Test-Path TestDrive:\none | Should -BeFalse
        Test-Path 'TestDrive:\tree\*.txt' | Should -BeTrue
        Test-Path -LiteralPath 'TestDrive:\tree\*.txt' | Should -BeFalse
        Test-Path NoSuchDrive:\x | Should -BeFalse
    }

    It 'Get-ChildItem lists, filters and descends' {
        (Get-ChildItem TestDrive:\tree).Name | Should -Be 'inner', 'a.txt'
        (Get-ChildItem TestDrive:\tree -Recurse -File).Name | Sort-Object | Should -Be 'a.txt', 'b.md'
        (Get-ChildItem TestDrive:\tree -Recurse -Filter *.md).Name | Should -Be 'b.md'
        Get-ChildItem TestDrive:\tree -Recurse -Filter '[ab].*' | Should -BeNullOrEmpty
        (Get-ChildItem TestDrive:\tree\[ab].txt).Name | Should -Be 'a.txt'
        (Get-ChildItem TestDrive:\tree -Directory).Name | Should -Be 'inner'
        Get-ChildItem TestDrive:\tree -Name | Should -Be 'inner', 'a.txt'
    }

    It 'Get-Content reads lines, all, the start and the end' {
        Get-Content TestDrive:\tree\a.txt | Should -Be 'one', 'two', 'three'
        Get-Content TestDrive:\tree\a.txt -TotalCount 1 | Should -Be 'one'
        Get-Content TestDrive:\tree\a.txt -Tail 1 | Should -Be 'three'
        (Get-Content TestDrive:\tree\a.txt -Raw).Length | Should -Be ('one', 'two', 'three', '' -join [Environment]::NewLine).Length
        { Get-Content TestDrive:\none -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound*'
    }

    It 'writes, appends and redirects' {
        Set-Content TestDrive:\w.txt 1
        Add-Content TestDrive:\w.txt 2
        3 >> (Join-Path $TestDrive w.txt)
        Get-Content TestDrive:\w.txt | Should -Be '1', '2', '3'
        'new' > (Join-Path $TestDrive w.txt)
        Get-Content TestDrive:\w.txt | Should -Be 'new'
        'no end' | Set-Content TestDrive:\n.txt -NoNewline
        (Get-Item TestDrive:\n.txt).Length | Should -Be 6
    }

    It 'copies, moves, renames and removes' {
        Copy-Item TestDrive:\tree TestDrive:\copy -Recurse
        'TestDrive:\copy\inner\b.md' | Should -Exist
        Move-Item TestDrive:\copy\a.txt TestDrive:\moved.txt
        'TestDrive:\copy\a.txt' | Should -Not -Exist
        Rename-Item TestDrive:\moved.txt renamed.txt
        'TestDrive:\renamed.txt' | Should -Exist
        Remove-Item TestDrive:\copy -Recurse -WhatIf
        'TestDrive:\copy' | Should -Exist
        Remove-Item TestDrive:\copy -Recurse
        'TestDrive:\copy' | Should -Not -Exist
    }

    It 'takes paths apart and puts them together' {
        $separator = [System.IO.Path]::DirectorySeparatorChar
        Join-Path a b | Should -Be "a${separator}b"
        Join-Path a b c | Should -Be "a${separator}b${separator}c"
        Split-Path (Join-Path a b.txt) | Should -Be 'a'
        Split-Path (Join-Path a b.txt) -Leaf | Should -Be 'b.txt'
        Split-Path (Join-Path a b.txt) -LeafBase | Should -Be 'b'
        Split-Path (Join-Path a b.txt) -Extension | Should -Be '.txt'
        (Resolve-Path TestDrive:\tree\*.txt).Path | Should -BeLike '*a.txt'
        Convert-Path TestDrive:\tree | Should -Be (Join-Path $TestDrive tree)
    }

    It 'Push-Location and Pop-Location go and come back' {
        $start = (Get-Location).Path
        Push-Location TestDrive:\tree
        (Get-ChildItem).Name | Should -Contain 'a.txt'
        Pop-Location
        (Get-Location).Path | Should -Be $start
    }

    It 'Get-FileHash hashes' {
        Set-Content TestDrive:\h.txt 'abc' -NoNewline
        (Get-FileHash TestDrive:\h.txt).Hash | Should -Be 'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD'
    }
}

Describe 'Text and values' {
    It 'converts to JSON and back' {
        @{ a = 1 } | ConvertTo-Json -Compress | Should -Be '{"a":1}'
        1, 'x', $null, $true | ConvertTo-Json -Compress | Should -Be '[1,"x",null,true]'
        ConvertTo-Json @{ a = @{ b = @{ c = @{ d = 1 } } } } -Depth 5 -Compress | Should -Be '{"a":{"b":{"c":{"d":1}}}}'
        $read = '{"a":[1,2.5],"b":{"c":"x"}}' | ConvertFrom-Json
        $read.a | Should -Be 1, 2.5
        $read.b.c | Should -Be 'x'
        ('{"k":1}' | ConvertFrom-Json -AsHashtable)['k'] | Should -Be 1
        { 'nope{' | ConvertFrom-Json } | Should -Throw
    }

    It 'Out-String shows what a user would see' {
        $text = [pscustomobject]@{ First = 1; Second = 'two' } | Out-String
        $text | Should -Match 'First\s+Second'
        $text | Should -Match '1\s+two'
        1..3 | Out-String -Stream | Should -Be '1', '2', '3'
        [pscustomobject]@{ A = 1 } | Format-List | Out-String | Should -Match 'A : 1'
    }

    It 'Get-Random stays within its bounds, and repeats with a seed' {
        1..20 | ForEach-Object { Get-Random -Minimum 3 -Maximum 5 } | ForEach-Object { $_ | Should -BeIn 3, 4 }
        Get-Random -SetSeed 7 | Should -Be (Get-Random -SetSeed 7)
        1..10 | Get-Random -Count 3 | Should -HaveCount 3
    }

    It 'measures time and waits' {
        (New-TimeSpan -Minutes 2).TotalSeconds | Should -Be 120
        (Measure-Command { Start-Sleep -Milliseconds 20 }).TotalMilliseconds | Should -BeGreaterThan 15
        Get-Date '2024-02-03' -Format 'yyyy/MM/dd' | Should -Match '2024.02.03'
    }

    It 'reads and sets variables' {
        Set-Variable someName 5
        $someName | Should -Be 5
        Get-Variable someName -ValueOnly | Should -Be 5
        { Get-Variable noSuchName -ErrorAction Stop } | Should -Throw -ErrorId 'VariableNotFound*'
    }

    It 'writes to the streams' {
        (Write-Warning careful 3>&1).Message | Should -Be 'careful'
        (Write-Verbose more -Verbose 4>&1).Message | Should -Be 'more'
        (Write-Information info 6>&1).MessageData | Should -Be 'info'
        (Write-Host shown 6>&1).MessageData.Message | Should -Be 'shown'
        (Write-Error broken -ErrorId Mine 2>&1).FullyQualifiedErrorId | Should -BeLike 'Mine*'
        Write-Output 1, 2 | Should -Be 1, 2
    }
}
