using System.Collections;
using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Infrastructure;
using ModelTools.Tensors;
using ModelTools.Torch;
using ModelTools.Validation;

namespace ModelTools.Commands;

/// <summary>Test-Model: checks models in files; nothing of them is run unless recorded data ask for it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Model", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool), typeof(ValidationReport))]
public sealed class TestModelCommand : ModelFileCmdlet
{
    private ValidationPolicy _policy = ValidationPolicy.Default;

    /// <summary>Give the report with all findings instead of true or false.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Classes of layers that are accepted though they are not known.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AllowLayer { get; set; } = [];

    /// <summary>Types that weights may have; any if none is named.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public DType[]? AllowDType { get; set; }

    /// <summary>Most bytes of the files of a model.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? MaximumSize { get; set; }

    /// <summary>Most numbers in the weights.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? MaximumParameterCount { get; set; }

    /// <summary>The expected inputs, such as 'images: float32[?, 784]'.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ExpectedInput { get; set; }

    /// <summary>The expected outputs, in the same form.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ExpectedOutput { get; set; }

    /// <summary>A .npz file with inputs and the outputs that they gave.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public string? GoldenData { get; set; }

    /// <summary>How far outputs may be from the recorded ones.</summary>
    [Parameter]
    [ValidateRange(0, double.MaxValue)]
    public double Tolerance { get; set; } = 1e-5;

    /// <summary>The lock that the models are held against.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public string? Lock { get; set; }

    /// <summary>Severities by code, such as @{ MT3010 = 'Warning' }.</summary>
    [Parameter]
    public Hashtable Severity { get; set; } = [];

    /// <summary>Do not read the numbers of the weights.</summary>
    [Parameter]
    public SwitchParameter NoValue { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _policy = new ValidationPolicy
        {
            AllowedLayers = AllowLayer,
            AllowedDTypes = AllowDType,
            MaximumBytes = MaximumSize,
            MaximumParameters = MaximumParameterCount,
            ExpectedInputs = Parse(ExpectedInput),
            ExpectedOutputs = Parse(ExpectedOutput),
            GoldenPath = GoldenData is null ? null : Paths.Target(GoldenData),
            Tolerance = Tolerance,
            LockPath = Lock is null ? null : Paths.Target(Lock),
            CheckValues = !NoValue,
        };
        foreach (DictionaryEntry entry in Severity)
        {
            _policy = _policy.WithSeverity($"{entry.Key}", $"{entry.Value}");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessFile(string path)
    {
        var policy = PolicyFile.Find(path) is { } file ? PolicyFile.Apply(_policy, file) : _policy;
        var report = RunWithProgress($"Checking {System.IO.Path.GetFileName(path)}", (progress, cancellation) =>
            ModelValidator.Validate(path, policy, evaluator: GoldenData is null ? null : new EngineEvaluator(), progress: progress, cancellation: cancellation));
        WriteObject(Detailed ? report : report.IsValid);
    }

    private static TensorSpec[]? Parse(string[]? texts) => texts is null ? null : [.. texts.SelectMany(SignatureText.Parse)];
}
