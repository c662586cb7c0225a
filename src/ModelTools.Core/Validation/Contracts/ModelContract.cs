using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>What of a model is held fast. Everything but <see cref="Path"/>, <see cref="Bytes"/> and <see cref="Sha256"/> is the same in every container.</summary>
public sealed record ModelContract
{
    /// <summary>Path relative to the lock, with <c>/</c>; empty for a model that is in memory.</summary>
    public string Path { get; init; } = "";

    /// <summary>Bytes of the file, or of all files of a directory or checkpoint.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 of the file; of a directory or checkpoint, over the sorted lines <c>name NUL sha256 NUL size</c> of its files.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Digest over paths and digests of all weights: <c>sha256:…</c>.</summary>
    public required string Digest { get; init; }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<TensorSpec> Inputs { get; init => field = value.ToArray(); } = [];

    /// <summary>The outputs.</summary>
    public IReadOnlyList<TensorSpec> Outputs { get; init => field = value.ToArray(); } = [];

    /// <summary>The layers, without input layers.</summary>
    public IReadOnlyList<LayerContract> Layers { get; init => field = value.ToArray(); } = [];

    /// <summary>The weights, layer by layer.</summary>
    public IReadOnlyList<WeightContract> Weights { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Path} {Digest}";

    /// <summary>The full path of the model, for the contract of a lock.</summary>
    /// <param name="lockPath">The lock's path, to which <see cref="Path"/> is relative.</param>
    public string PathBeside(string lockPath) => System.IO.Path.GetFullPath(Path, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(lockPath))!);

    /// <summary>Makes the contract of a model in a file. Weights are read one by one and not kept.</summary>
    /// <param name="path">A model in any container that has a structure, or a checkpoint with a structure (<c>.json</c>) beside it.</param>
    /// <param name="limits">Limits for the file.</param>
    /// <param name="progress">Told the bytes of weights that are read.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The contract; its <see cref="Path"/> is the file's name, until a lock makes it relative.</returns>
    /// <exception cref="ModelToolsException">MT1xxx, MT2xxx, MT4xxx, MT6xxx: the file cannot be read.</exception>
    public static ModelContract Of(string path, ModelReadLimits? limits = null, IProgress<OperationProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var open = ModelFile.Open(path, new ModelReadOptions { Limits = limits ?? ModelReadLimits.Default, TrainingState = false, Cancellation = cancellation });
        var files = FileDigest.Of(System.IO.Path.GetFullPath(path), cancellation);
        return ContractBuilder.Build(open.Model, progress, cancellation) with { Path = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(path)), Bytes = files.Bytes, Sha256 = files.Sha256 };
    }

    /// <summary>Makes the contract of a model in memory.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="progress">Told the bytes of weights that are read.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="ModelToolsException">MT3008: it is not built; MT3004: a weight has no value.</exception>
    public static ModelContract Of(Model model, IProgress<OperationProgress>? progress = null, CancellationToken cancellation = default) => ContractBuilder.Build(model, progress, cancellation);

    /// <summary>Holds a model in a file against this contract.</summary>
    /// <param name="path">The model; its container may be another one.</param>
    /// <param name="limits">Limits for the file.</param>
    /// <param name="progress">Told the bytes of weights that are read.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>What differs: MT3009, MT3012 to MT3015; nothing if the model is the same.</returns>
    /// <exception cref="ModelToolsException">MT1xxx, MT2xxx, MT4xxx, MT6xxx: the file cannot be read.</exception>
    public IReadOnlyList<ModelFinding> Check(string path, ModelReadLimits? limits = null, IProgress<OperationProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var open = ModelFile.Open(path, new ModelReadOptions { Limits = limits ?? ModelReadLimits.Default, TrainingState = false, Cancellation = cancellation });
        return Check(open.Model, progress, cancellation);
    }

    /// <summary>Holds a model in memory against this contract.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="progress">Told the bytes of weights that are read.</param>
    /// <param name="cancellation">Stops.</param>
    public IReadOnlyList<ModelFinding> Check(Model model, IProgress<OperationProgress>? progress = null, CancellationToken cancellation = default) => new ContractCheck(this, Of(model, progress, cancellation)).Run();
}
