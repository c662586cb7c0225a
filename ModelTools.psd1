@{
    # The loader comes first: it knows where the engine is, whose types the cmdlets' parameters have.
    NestedModules        = @('ModelTools.Loader.dll')
    RootModule           = 'ModelTools.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6a0f3f2e-5d0f-4b57-9c0e-1f6e3f8f6b1d'
    Author               = 'The ModelTools authors'
    CompanyName          = 'The ModelTools authors'
    Copyright            = '(c) The ModelTools authors. MIT license.'
    Description          = 'Saves, loads, checks, converts, trains and runs Keras and TensorFlow models from PowerShell, with no Python.'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.4'
    FormatsToProcess     = @('ModelTools.Format.ps1xml')
    TypesToProcess       = @('ModelTools.Types.ps1xml')
    CmdletsToExport      = @(
        'Add-ModelLayer',
        'Compare-Model',
        'Convert-Model',
        'ConvertTo-Tensor',
        'Export-SavedModel',
        'Export-Tensor',
        'Get-ModelInfo',
        'Get-ModelLayer',
        'Get-ModelWeight',
        'Import-Model',
        'Import-ModelWeights',
        'Import-Tensor',
        'Install-ModelEngine',
        'Invoke-Model',
        'Invoke-ModelTraining',
        'Measure-Model',
        'New-Model',
        'New-ModelInput',
        'New-ModelLayer',
        'New-ModelLock',
        'New-ModelLoss',
        'New-ModelOptimizer',
        'New-ModelPackage',
        'Save-Model',
        'Save-ModelWeights',
        'Set-ModelTraining',
        'Set-ModelWeight',
        'Show-Model',
        'Test-Model',
        'Test-ModelLock',
        'Update-ModelLock'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('Keras', 'TensorFlow', 'SavedModel', 'HDF5', 'MachineLearning', 'DeepLearning', 'PSEdition_Core', 'Linux')
            ReleaseNotes = 'First version.'
        }
    }
}
