using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Reading;

/// <summary>A signature: tensors in and out, by name.</summary>
/// <param name="Name">Such as <c>serving_default</c>.</param>
/// <param name="Inputs">What it takes.</param>
/// <param name="Outputs">What it gives.</param>
public sealed record SavedModelSignature(string Name, IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec> Outputs);

/// <summary>What a SavedModel directory holds, found by looking at it: nothing is run and no weight is read.</summary>
internal sealed record SavedModelContent
{
    /// <summary>The directory.</summary>
    public required string Path { get; init; }

    /// <summary>Version of the file's layout; TensorFlow writes 1.</summary>
    public long SchemaVersion { get; init; }

    /// <summary>Tags of the graph that is used.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The release that wrote it.</summary>
    public string TensorFlowVersion { get; init; } = "";

    /// <summary>The signatures, without the one that names the first operation.</summary>
    public IReadOnlyList<SavedModelSignature> Signatures { get; init; } = [];

    /// <summary>Every operation that occurs, with the first place where it does.</summary>
    public IReadOnlyDictionary<string, string> Operations { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of the files in <c>assets/</c> that are used.</summary>
    public IReadOnlyList<string> Assets { get; init; } = [];

    /// <summary>Keras's JSON about the model, or null.</summary>
    public string? RootMetadata { get; init; }

    /// <summary>The structure beside the graph of a model that Keras 2 cannot rebuild, or null.</summary>
    public byte[]? Structure { get; init; }

    /// <summary>True if something tells which layers it is made of.</summary>
    public bool HasStructure => RootMetadata is not null || Structure is not null;

    /// <summary>What is wrong with it or deserves a warning.</summary>
    public IReadOnlyList<ModelFinding> Findings { get; init; } = [];

    /// <summary>Prefix of the weights' checkpoint.</summary>
    public string VariablesPrefix => System.IO.Path.Combine(Path, SavedModelFacts.VariablesPrefix);

    /// <summary>Throws the first finding that forbids reading: everything but warnings about what is not supported.</summary>
    /// <exception cref="ModelToolsException">MT1xxx, MT2xxx.</exception>
    public void RequireSafe()
    {
        if (Findings.FirstOrDefault(finding => finding.Code.Kind is ErrorKind.Unsafe or ErrorKind.InvalidFile) is { } first)
        {
            throw new ModelToolsException(first.Code, first.Message) { Path = Path, Location = first.Location };
        }
    }
}
