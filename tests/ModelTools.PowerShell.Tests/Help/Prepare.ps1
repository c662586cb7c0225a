# Makes the files that the examples of the help use, in the current folder.
# Pages of the examples are not opened on the screen of whoever runs the tests.
$env:BROWSER = 'true'

$examples = Join-Path (Split-Path (Get-Module ModelTools).Path) 'examples/data'
Get-ChildItem $examples -Filter '*.gz' | Copy-Item -Destination .
Set-Content flowers.csv 'length,width,kind', '1.4,0.2,0', '4.7,1.4,1', '6.0,2.5,2'
[IO.File]::WriteAllBytes(
    (Join-Path $pwd photo.png),
    [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=='))

$x = Import-Tensor train-images-idx3-ubyte.gz -First 64 -DType Float32 -DivideBy 255 | ConvertTo-Tensor -Shape -1, 784
$y = Import-Tensor train-labels-idx1-ubyte.gz -First 64 | ConvertTo-Tensor -OneHot 10
$digits = New-Model {
    Dense 16 -Activation relu -InputShape 784 -Name hidden
    Dense 10 -Activation softmax -Name output
} -Name digits
$digits | Set-ModelTraining -Optimizer Adam -Loss categorical_crossentropy -Metric accuracy
$null = $digits | Invoke-ModelTraining $x $y -Seed 1
$digits | Save-Model digits.h5
$digits | Save-ModelWeights digits.ckpt
$digits | Export-SavedModel digits
