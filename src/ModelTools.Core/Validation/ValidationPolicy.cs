using System.Collections.Immutable;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>What is expected of a model. Nothing has to be said: the default checks what needs no expectation.</summary>
public sealed record ValidationPolicy
{
    /// <summary>The defaults.</summary>
    public static ValidationPolicy Default { get; } = new();

    /// <summary>Classes of layers that are accepted though they are not known here.</summary>
    public IReadOnlyList<string> AllowedLayers { get; init => field = value.ToArray(); } = [];

    /// <summary>Types that weights may have; null for any.</summary>
    public IReadOnlyList<DType>? AllowedDTypes { get; init; }

    /// <summary>Most bytes of the file, or of all files of a directory or checkpoint.</summary>
    public long? MaximumBytes { get; init; }

    /// <summary>Most numbers in the weights.</summary>
    public long? MaximumParameters { get; init; }

    /// <summary>The inputs that the program gives; null for any. Open extents take any number, a name that is not given any name.</summary>
    public IReadOnlyList<TensorSpec>? ExpectedInputs { get; init; }

    /// <summary>The outputs that the program takes; null for any.</summary>
    public IReadOnlyList<TensorSpec>? ExpectedOutputs { get; init; }

    /// <summary>The lock that the model is held against; null for none.</summary>
    public string? LockPath { get; init; }

    /// <summary>A <c>.npz</c> file with inputs and the outputs that they gave: <c>input:NAME</c> and <c>output:NAME</c>, or plain names.</summary>
    public string? GoldenPath { get; init; }

    /// <summary>How far an output may be from the recorded one, relative to the larger of 1 and its size.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>Severities by code, such as <c>MT3010</c>; codes that are not named keep their own.</summary>
    public ImmutableDictionary<string, FindingSeverity> Severities { get; init; } = ImmutableDictionary.Create<string, FindingSeverity>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Read the numbers of all weights and look for NaN and infinity.</summary>
    public bool CheckValues { get; init; } = true;

    /// <summary>The same policy with one severity more.</summary>
    /// <param name="code">The code, such as <c>MT3010</c>.</param>
    /// <param name="severity">Its severity, as <see cref="PolicyFile.ParseSeverity"/> takes it.</param>
    /// <exception cref="ModelToolsException">MT6004: there is no such code or severity.</exception>
    public ValidationPolicy WithSeverity(string code, string severity)
    {
        var known = ErrorCode.Find(code) ?? throw new ModelToolsException(ErrorCode.InvalidArgument, $"There is no code '{code}'.") { Advice = "Name codes such as MT3010." };
        var parsed = PolicyFile.ParseSeverity(severity) ?? throw new ModelToolsException(ErrorCode.InvalidArgument, $"'{severity}' is no severity.") { Advice = "Use None, Information, Warning or Error." };
        return this with { Severities = Severities.SetItem(known.Id, parsed) };
    }

    /// <summary>How much a finding counts under this policy.</summary>
    /// <param name="code">The finding's code.</param>
    /// <param name="own">What it counts by itself where the policy does not say it; null for what its rule says.</param>
    public FindingSeverity SeverityOf(ErrorCode code, FindingSeverity? own = null) =>
        Severities.TryGetValue(code.Id, out var severity) ? severity : own ?? ValidationRule.Find(code)?.DefaultSeverity ?? FindingSeverity.Warning;
}
