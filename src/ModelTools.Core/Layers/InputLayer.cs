using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Where data enters a model. Keras: <c>keras.layers.InputLayer</c>.</summary>
/// <param name="BatchShape">Shape of the data with the batch axis, which is usually open.</param>
public sealed record InputLayer([property: ConfigKey("batch_shape", Keras2 = "batch_input_shape")] Shape BatchShape) : Layer
{
    /// <summary>True if Keras expects a sparse tensor; kept, not supported when run.</summary>
    public bool Sparse { get; init; }

    /// <summary>True if Keras expects a ragged tensor; kept, not supported when run.</summary>
    [ConfigWrite(Keras3 = false)]
    public bool Ragged { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool Trainable { get; init; } = true;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override Shape? BatchInputShape { get; init; }

    /// <summary>What the layer takes and gives.</summary>
    [ConfigIgnore]
    public TensorSpec Spec => new(DType.ComputeDType, BatchShape, Name);

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call) => call.Inputs;
}
