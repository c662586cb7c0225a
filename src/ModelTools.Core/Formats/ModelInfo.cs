using ModelTools.Diagnostics;
using ModelTools.Formats.SavedModel.Reading;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats;

/// <summary>A tensor in a file, not read.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Layer">The layer that it belongs to, where the file says it.</param>
/// <param name="Tensor">Type, shape and a way to the bytes while the file is open; after inspection only type and shape count.</param>
public sealed record StoredTensor(string Name, string? Layer, TensorSpec Tensor)
{
    /// <summary>Bytes of the tensor.</summary>
    public long ByteCount => Tensor.Shape.IsKnown ? Tensor.Shape.ElementCount * Tensor.DType.Size() : 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Tensor with { Name = null }}";
}

/// <summary>What a file holds, found without reading its weights.</summary>
public sealed record ModelInfo
{
    /// <summary>Full path.</summary>
    public required string Path { get; init; }

    /// <summary>The format's name.</summary>
    public required string Format { get; init; }

    /// <summary>Bytes of the file, or of all files of a directory or checkpoint.</summary>
    public required long FileBytes { get; init; }

    /// <summary>What the file carries.</summary>
    public required ModelParts Parts { get; init; }

    /// <summary>The version of Keras or TensorFlow that wrote it, where it says so.</summary>
    public string? WrittenBy { get; init; }

    /// <summary>The structure, if the file has one: built, but without values.</summary>
    public Model? Model { get; init; }

    /// <summary>Every stored tensor.</summary>
    public IReadOnlyList<StoredTensor> Tensors { get; init => field = value.ToArray(); } = [];

    /// <summary>Signatures of a SavedModel.</summary>
    public IReadOnlyList<SavedModelSignature> Signatures { get; init => field = value.ToArray(); } = [];

    /// <summary>Operations that occur in the graph of a SavedModel.</summary>
    public IReadOnlyList<string> Operations { get; init => field = value.ToArray(); } = [];

    /// <summary>What deserves a warning.</summary>
    public IReadOnlyList<ModelFinding> Findings { get; init => field = value.ToArray(); } = [];

    /// <summary>Number of numbers in the weights of the model, or in all tensors where there is no model.</summary>
    public long ParameterCount => Model?.ParameterCount ?? Tensors.Sum(tensor => Math.Max(tensor.Tensor.Shape.ElementCount, 0));
}
