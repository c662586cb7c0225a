using System.Runtime.CompilerServices;
using Microsoft.Build.Framework;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Torch;
using ModelTools.Validation;

namespace ModelTools.MSBuild;

/// <summary>Checks models, and holds them against their locks.</summary>
[MSBuildMultiThreadableTask]
public sealed class ValidateModels : ModelTask
{
    /// <summary>Folder of the state that builds of the project share.</summary>
    [Required]
    public string StateFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var places = new OutputPlaces("Link");
        ForEach(Items, item => CheckSettings(item, places));

        // A model may be listed for several purposes; it is checked once for each lock and each set of rules.
        var checks = Items.GroupBy(item => (item.Path, item.PolicyText)).SelectMany(same => same.DistinctBy(item => item.Lock).Where(item => item.Lock is not null || same.All(other => other.Lock is null)));
        using var state = BuildState.Open(Root(StateFolder), Cancellation);
        ForEach(checks, item => Validate(item, state));
    }

    private void CheckSettings(ModelItem item, OutputPlaces places)
    {
        foreach (var (name, meant) in item.Misspelled)
        {
            Report(new ModelFinding(ErrorCode.InvalidArgument, $"'{name}' is no setting of a model and does nothing; {meant} is one.", null), item.Path);
        }

        item.CheckChoices();
        if (item.IsCopied)
        {
            places.Take(item.TargetPath, item.Path, item.Path);
        }
    }

    private void Validate(ModelItem item, BuildState state)
    {
        if (!ModelFiles.Exist(item.Path))
        {
            throw new ModelToolsException(ErrorCode.PathNotFound, $"There is no model at '{item.Path}'.") { Path = item.Path };
        }

        var settings = BuildState.Key(item.PolicyText, item.Lock);
        var name = $"valid {item.Path} {settings}";
        var key = BuildState.Key(
            settings,
            state.ModelDigest(item.Path, Cancellation),
            state.FileDigest(item.Lock, Cancellation),
            state.FileDigest(item.Policy, Cancellation),
            state.FileDigest(item.GoldenData, Cancellation));
        if (state.Has(name, key))
        {
            Log.LogMessage(MessageImportance.Low, "{0} has not changed.", item.Path);
            return;
        }

        var policy = item.ReadPolicy();
        var evaluator = item.GoldenData is null ? null : Engine();
        var findings = ModelValidator.Validate(item.Path, policy, evaluator: evaluator, cancellation: Cancellation).Findings;
        foreach (var finding in findings)
        {
            Report(finding, item.Path);
        }

        if (!findings.Any(finding => finding.Severity is FindingSeverity.Error or FindingSeverity.Warning))
        {
            state.Set(name, key);
            Log.LogMessage(MessageImportance.Normal, "{0} is valid.", item.Path);
        }
    }

    // A method of its own: the assemblies of the engine are loaded when it is compiled, and never without recorded outputs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IModelEvaluator Engine() => new EngineEvaluator();
}
