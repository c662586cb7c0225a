<#
.SYNOPSIS
    Trains a network on handwritten digits, saves it in Keras's three ways, and gets it back from each.

.DESCRIPTION
    The network 784 - 256 - 128 - 64 - 32 - 10 learns 4,000 digits and is measured on 1,000 others. Then it is saved as weights
    only (a TensorFlow checkpoint), as one file (.h5) and as a SavedModel; each is loaded again and compared with the original.

.EXAMPLE
    modeltools Save-DigitsThreeWays.ps1 -Epoch 10 -Destination ./digits
#>
param(
    # Passes over the training digits.
    [int] $Epoch = 5,

    # Where the three ways are written; a new folder among the temporary files if not given.
    [string] $Destination
)

$ErrorActionPreference = 'Stop'
if (-not $Destination) {
    $Destination = Join-Path ([IO.Path]::GetTempPath()) "modeltools-digits-$([guid]::NewGuid().ToString('n'))"
}

$null = New-Item -ItemType Directory -Path $Destination -Force
$digits = Join-Path $PSScriptRoot 'data'

# The digits: pictures of 28 x 28 as rows of 784 numbers from 0 to 1, labels as rows with a 1 in the label's place.
$x = Import-Tensor (Join-Path $digits 'train-images-idx3-ubyte.gz') -DType Float32 -DivideBy 255 | ConvertTo-Tensor -Shape -1, 784
$y = Import-Tensor (Join-Path $digits 'train-labels-idx1-ubyte.gz') | ConvertTo-Tensor -OneHot 10
$xTest = Import-Tensor (Join-Path $digits 't10k-images-idx3-ubyte.gz') -DType Float32 -DivideBy 255 | ConvertTo-Tensor -Shape -1, 784
$yTest = Import-Tensor (Join-Path $digits 't10k-labels-idx1-ubyte.gz') | ConvertTo-Tensor -OneHot 10

function Get-DigitsNetwork {
    $network = New-Model {
        Dense 256 -Activation relu
        Dense 128 -Activation relu
        Dense 64 -Activation relu
        Dense 32 -Activation relu
        Dense 10
    }
    $network | Set-ModelTraining -Optimizer (New-ModelOptimizer Adam -LearningRate 0.01) `
        -Loss (New-ModelLoss CategoricalCrossentropy -FromLogits) -Metric accuracy
    $network
}

$network = Get-DigitsNetwork
$network | Invoke-ModelTraining -InputData $x -Target $y -Epoch $Epoch -BatchSize 128 -Seed 1
$original = $network | Invoke-Model -InputData $xTest

# Saves in one way, forgets the network, loads it back, and compares.
function Measure-Way {
    param([string] $Way, [string] $Path, [scriptblock] $Save, [scriptblock] $Load)

    $saving = [Diagnostics.Stopwatch]::StartNew()
    $null = & $Save
    $saving.Stop()
    $loading = [Diagnostics.Stopwatch]::StartNew()
    $loaded = & $Load
    $loading.Stop()
    $result = $loaded | Measure-Model -InputData $xTest -Target $yTest
    $again = $loaded | Invoke-Model -InputData $xTest
    [pscustomobject] @{
        Way        = $Way
        File       = Split-Path -Leaf $Path
        Bytes      = Get-ByteCount $Path
        SaveMs     = [math]::Round($saving.Elapsed.TotalMilliseconds, 1)
        LoadMs     = [math]::Round($loading.Elapsed.TotalMilliseconds, 1)
        Accuracy   = [math]::Round($result.accuracy, 4)
        Difference = Get-TensorDifference $original $again
    }
}

# Bytes of a file, of a checkpoint's files, or of all files in a folder.
function Get-ByteCount($Path) {
    $files = if (Test-Path -LiteralPath $Path -PathType Container) {
        Get-ChildItem -LiteralPath $Path -File -Recurse
    } else {
        Get-ChildItem -LiteralPath ([IO.Path]::GetDirectoryName($Path)) -File | Where-Object Name -Like "$(Split-Path -Leaf $Path)*"
    }
    [long] ($files | Measure-Object -Property Length -Sum).Sum
}

# The greatest difference of two tensors' elements.
function Get-TensorDifference($Left, $Right) {
    $a = $Left.ToArray()
    $b = $Right.ToArray()
    $greatest = 0.0
    for ($i = 0; $i -lt $a.Length; $i++) {
        $greatest = [math]::Max($greatest, [math]::Abs($a[$i] - $b[$i]))
    }
    $greatest
}

$checkpoint = Join-Path $Destination 'weights.ckpt'
$file = Join-Path $Destination 'model.h5'
$folder = Join-Path $Destination 'model-savedmodel'

$ways = @(
    Measure-Way 'weights only' $checkpoint -Save { $network | Save-ModelWeights -Path $checkpoint } -Load {
        $again = Get-DigitsNetwork
        $again | Import-ModelWeights -LiteralPath $checkpoint
        $again
    }
    Measure-Way 'whole model' $file -Save { $network | Save-Model -Path $file } -Load { Import-Model -LiteralPath $file }
    Measure-Way 'SavedModel' $folder -Save { $network | Export-SavedModel -Path $folder } -Load { Import-Model -LiteralPath $folder }
)
$ways | Format-Table Way, File, Bytes, SaveMs, LoadMs, Accuracy, Difference -AutoSize
