Describe 'ConvertTo-Tensor' {
    It 'takes numbers, arrays and arrays of arrays' {
        (ConvertTo-Tensor 5).Shape.Rank | Should -Be 0
        (ConvertTo-Tensor 1, 2, 3).Shape.ToString() | Should -Be '(3,)'
        (ConvertTo-Tensor @((1, 2, 3), (4, 5, 6))).Shape.ToString() | Should -Be '(2, 3)'
        (1..4 | ConvertTo-Tensor).ToArray() | Should -Be 1, 2, 3, 4
        (ConvertTo-Tensor 1.5, 2).DType | Should -Be 'Float32'
        (ConvertTo-Tensor 1, 2).DType | Should -Be 'Int32'
    }

    It 'changes type, shape and scale' {
        $tensor = ConvertTo-Tensor (0..11) -DType Float32 -Shape 3, 4 -DivideBy 10
        $tensor.Shape.ToString() | Should -Be '(3, 4)'
        $tensor.ToArray()[11] | Should -BeGreaterThan 1.09
        ($tensor | ConvertTo-Tensor -Shape -1, 2).Shape.ToString() | Should -Be '(6, 2)'
        $tensor.ToNested()[1][0] | Should -BeGreaterThan 0.39
    }

    It 'gives tensors whose shapes are numbers' {
        $tensor = ConvertTo-Tensor (1..12)
        $tensor.Reshape((3, 4)).Shape.ToString() | Should -Be '(3, 4)'
        $tensor.Reshape((2, -1)).Shape.ToString() | Should -Be '(2, 6)'
        $tensor.Reshape(12).Shape.ToString() | Should -Be '(12,)'
        { $tensor.Reshape('many') } | Should -Throw
        (New-ModelInput 28, 28).Shape.ToString() | Should -Be '(None, 28, 28)'
    }

    It 'makes rows with a 1 from labels' {
        (ConvertTo-Tensor 2, 0 -OneHot 3).ToArray() | Should -Be 0, 0, 1, 1, 0, 0
    }

    It 'refuses what is no array of numbers' {
        { ConvertTo-Tensor @((1, 2), (3)) -ErrorAction Stop } | Should -Throw -ErrorId 'MT6004,*'
        { ConvertTo-Tensor (1..5) -Shape 2, 3 -ErrorAction Stop } | Should -Throw -ErrorId 'MT6004,*'
    }
}

Describe 'Import-Tensor and Export-Tensor' {
    It 'writes and reads <_>' -ForEach 'a.npy', 'a.npz', 'a.csv' {
        $tensor = ConvertTo-Tensor (1..6) -DType Float32 -Shape 3, 2
        $tensor | Export-Tensor (Join-Path $TestDrive $_)
        (Import-Tensor (Join-Path $TestDrive $_) -DType Float32).ToArray() | Should -Be 1, 2, 3, 4, 5, 6
    }

    It 'names the arrays of an archive' {
        (ConvertTo-Tensor 1, 2), (ConvertTo-Tensor 3) | Export-Tensor TestDrive:\named.npz -Name left, right
        (Import-Tensor TestDrive:\named.npz -Name right).ToArray() | Should -Be 3
    }

    It 'reads the digits that come with the module' {
        $folder = Join-Path (Split-Path (Get-Module ModelTools).Path) 'examples/data'
        $images = Import-Tensor (Join-Path $folder 't10k-images-idx3-ubyte.gz') -First 10
        $images.Shape.ToString() | Should -Be '(10, 28, 28)'
        (Import-Tensor (Join-Path $folder 't10k-labels-idx1-ubyte.gz') -First 5).ToArray() | ForEach-Object { $_ | Should -BeLessThan 10 }
    }

    It 'replaces a file with -Force only' {
        $tensor = ConvertTo-Tensor 1, 2
        $tensor | Export-Tensor TestDrive:\force.npy
        { $tensor | Export-Tensor TestDrive:\force.npy -ErrorAction Stop } | Should -Throw -ErrorId 'MT6002,*'
        { $tensor | Export-Tensor TestDrive:\force.npy -Force -ErrorAction Stop } | Should -Not -Throw
    }
}
